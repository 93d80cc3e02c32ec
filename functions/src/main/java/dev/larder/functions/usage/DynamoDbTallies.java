package dev.larder.functions.usage;

import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Tallies} on the table's image items. */
public final class DynamoDbTallies implements Tallies {
    private final Table table;
    private final Function<RepositoryName, Optional<String>> prefixOf;

    /**
     * Takes the table.
     *
     * @param prefixOf the prefix of the upstream that a repository is cached from
     */
    public DynamoDbTallies(Table table, Function<RepositoryName, Optional<String>> prefixOf) {
        this.table = table;
        this.prefixOf = prefixOf;
    }

    @Override
    public Tally of(ImageReference image) {
        return table.get(Key.of(image))
                .map(item -> new Tally(
                        item.whole(Attributes.PULLS).orElse(0),
                        item.real(Attributes.POPULARITY),
                        item.instant(Attributes.LAST_PULLED_AT)))
                .orElse(Tally.NONE);
    }

    @Override
    public boolean move(ImageReference image, Tally seen, Tally to) {
        Map<String, AttributeValue> values = new HashMap<>();
        StringBuilder set = new StringBuilder("SET pulls = :pulls");
        values.put(":pulls", Values.number(to.pulls()));
        to.lastPulledAt().ifPresent(at -> {
            set.append(", lastPulledAt = :at");
            values.put(":at", Values.instant(at));
        });
        Optional<String> prefix = prefixOf.apply(image.repository());
        if (image instanceof Tagged && to.popularity().isPresent() && prefix.isPresent()) {
            set.append(", popularity = :popularity, popularityOf = :of");
            values.put(":popularity", Values.number(to.popularity().getAsDouble()));
            values.put(":of", Values.text(Key.popularityOf(prefix.get())));
        }
        return table.update(Key.of(image), set.toString(), unchanged(seen, values), values);
    }

    private static String unchanged(Tally seen, Map<String, AttributeValue> values) {
        values.put(":seenPulls", Values.number(seen.pulls()));
        String pulls = seen.pulls() == 0 ? "(attribute_not_exists(pulls) OR pulls = :seenPulls)" : "pulls = :seenPulls";
        if (seen.lastPulledAt().isEmpty()) {
            return pulls + " AND attribute_not_exists(lastPulledAt)";
        }
        values.put(":seenAt", Values.instant(seen.lastPulledAt().get()));
        return pulls + " AND lastPulledAt = :seenAt";
    }

    @Override
    public void addCold(Tagged image) {
        table.update(Key.of(image), "ADD coldPulls :one", Map.of(":one", Values.number(1)));
    }
}
