package dev.larder.functions.usage;

import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Figures} on the table's image items. */
public final class DynamoDbFigures implements Figures {
    private final Table table;
    private final Function<RepositoryName, Optional<String>> prefixOf;

    /**
     * Takes the table.
     *
     * @param prefixOf the prefix of the upstream that a repository is cached from
     */
    public DynamoDbFigures(Table table, Function<RepositoryName, Optional<String>> prefixOf) {
        this.table = table;
        this.prefixOf = prefixOf;
    }

    @Override
    public ImageFigures of(Tagged image) {
        return table.get(Key.of(image)).map(DynamoDbFigures::figures).orElse(ImageFigures.NONE);
    }

    private static ImageFigures figures(Item item) {
        return new ImageFigures(
                item.whole(Attributes.PULLS).orElse(0),
                item.whole(Attributes.COLD_PULLS).orElse(0),
                item.real(UsageItems.SCORE),
                item.instant(Attributes.LAST_PULLED_AT),
                item.text(UsageItems.CLOSED_THROUGH).map(LocalDate::parse),
                Duration.ofSeconds(item.whole(UsageItems.HALF_LIFE).orElse(0)));
    }

    @Override
    public OptionalDouble popularity(Tagged image) {
        return table.get(Key.of(image))
                .map(item -> item.real(Attributes.POPULARITY))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public boolean replace(Tagged image, ImageFigures seen, ImageFigures to, OptionalDouble popularity) {
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> set = new ArrayList<>(List.of("pulls = :pulls", "coldPulls = :cold"));
        values.put(":pulls", Values.number(to.pulls()));
        values.put(":cold", Values.number(to.coldPulls()));
        to.score().ifPresent(score -> {
            set.add("score = :score");
            set.add("halfLife = :halfLife");
            values.put(":halfLife", Values.number(to.halfLife().toSeconds()));
            values.put(":score", Values.number(score));
        });
        to.lastPulledAt().ifPresent(at -> {
            set.add("lastPulledAt = :at");
            values.put(":at", Values.instant(at));
        });
        to.closedThrough().ifPresent(day -> {
            set.add("closedThrough = :day");
            values.put(":day", Values.text(day.toString()));
        });
        popularity.ifPresent(rank -> rank(image, rank, set, values));
        String condition = seen.closedThrough()
                .map(day -> {
                    values.put(":seen", Values.text(day.toString()));
                    return "closedThrough = :seen";
                })
                .orElse("attribute_not_exists(closedThrough)");
        return table.update(Key.of(image), "SET " + String.join(", ", set), condition, values);
    }

    @Override
    public void rank(Tagged image, double popularity) {
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> set = new ArrayList<>();
        rank(image, popularity, set, values);
        if (!set.isEmpty()) {
            table.update(Key.of(image), "SET " + String.join(", ", set), values);
        }
    }

    private void rank(Tagged image, double popularity, List<String> set, Map<String, AttributeValue> values) {
        prefixOf.apply(image.repository()).ifPresent(prefix -> {
            set.add("popularity = :popularity");
            set.add("popularityOf = :of");
            values.put(":popularity", Values.number(popularity));
            values.put(":of", Values.text(Key.popularityOf(prefix)));
        });
    }
}
