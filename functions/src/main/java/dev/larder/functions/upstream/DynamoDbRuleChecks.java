package dev.larder.functions.upstream;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link RuleChecks} in the table, beside the upstreams' states. */
public final class DynamoDbRuleChecks implements RuleChecks {
    private static final String SINCE = "since";

    private final Table table;

    /** @param table the cell's */
    public DynamoDbRuleChecks(Table table) {
        this.table = table;
    }

    @Override
    public Optional<RuleCheck> of(String prefix) {
        return table.get(Key.rule(prefix))
                .map(item -> new RuleCheck(
                        item.text(Attributes.REASON),
                        item.instant(SINCE).orElse(Instant.EPOCH),
                        item.instant(Attributes.CHECKED_AT).orElse(Instant.EPOCH)));
    }

    @Override
    public void keep(String prefix, RuleCheck check) {
        Map<String, AttributeValue> item = new HashMap<>(Key.rule(prefix).attributes());
        check.failure().ifPresent(reason -> item.put(Attributes.REASON, Values.text(reason)));
        item.put(SINCE, Values.instant(check.since()));
        item.put(Attributes.CHECKED_AT, Values.instant(check.checkedAt()));
        table.put(item);
    }
}
