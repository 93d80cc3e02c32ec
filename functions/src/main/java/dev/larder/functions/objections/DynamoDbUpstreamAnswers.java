package dev.larder.functions.objections;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UpstreamAnswers} in the table; an item goes when its answer is no good any more. */
public final class DynamoDbUpstreamAnswers implements UpstreamAnswers {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbUpstreamAnswers(Table table) {
        this.table = table;
    }

    @Override
    public Map<Digest, Answer> of(RepositoryName repository) {
        return table.partition(Key.atUpstreamOf(repository))
                .collect(Collectors.toMap(item -> new Digest(item.key().sk()), DynamoDbUpstreamAnswers::answer));
    }

    private static Answer answer(Item item) {
        return new Answer(
                item.flag(Attributes.HELD),
                item.flag(Attributes.BY_DIGEST),
                item.instant(Attributes.CHECKED_AT).orElseThrow());
    }

    @Override
    public void keep(RepositoryName repository, Map<Digest, Answer> answers) {
        List<Map<String, AttributeValue>> items = answers.entrySet().stream()
                .map(entry -> item(repository, entry.getKey(), entry.getValue()))
                .toList();
        table.putAll(items);
    }

    private static Map<String, AttributeValue> item(RepositoryName repository, Digest digest, Answer answer) {
        Map<String, AttributeValue> item =
                new HashMap<>(new Key(Key.atUpstreamOf(repository), digest.value()).attributes());
        item.put(Attributes.HELD, Values.flag(answer.held()));
        item.put(Attributes.BY_DIGEST, Values.flag(answer.byDigest()));
        item.put(Attributes.CHECKED_AT, Values.instant(answer.at()));
        item.put(Attributes.EXPIRES_AT, Values.expiry(answer.at().plus(GOOD_FOR)));
        return item;
    }
}
