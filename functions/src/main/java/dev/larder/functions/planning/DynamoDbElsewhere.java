package dev.larder.functions.planning;

import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link Elsewhere} in the table: an item for each cell and image. */
public final class DynamoDbElsewhere implements Elsewhere {
    private static final String PARTITION = "elsewhere";
    private static final String PULLS_PER_DAY = "pullsPerDay";
    private static final String HEARD_AT = "heardAt";
    private static final Duration KEPT = Duration.ofDays(2);

    private final Table table;

    /** @param table the cell's */
    public DynamoDbElsewhere(Table table) {
        this.table = table;
    }

    /** News that is older than what is kept changes nothing. */
    @Override
    public void heard(ImagesPopular event) {
        Map<Tagged, Double> pulls = new LinkedHashMap<>();
        event.images().forEach(wanted -> pulls.merge(wanted.image(), wanted.pullsPerDay(), Math::max));
        pulls.forEach((image, perDay) -> table.update(
                new Key(PARTITION, image + "#" + event.cell()),
                "SET image = :image, pullsPerDay = :pulls, heardAt = :at, expiresAt = :expiry",
                "attribute_not_exists(heardAt) OR heardAt < :at",
                Map.of(
                        ":image", Values.text(image.toString()),
                        ":pulls", Values.number(perDay.doubleValue()),
                        ":at", Values.instant(event.at()),
                        ":expiry", Values.expiry(event.at().plus(KEPT)))));
    }

    @Override
    public Map<Tagged, Double> pullsPerDay(Instant now) {
        Map<Tagged, Double> sums = new HashMap<>();
        table.partition(PARTITION)
                .filter(item -> item.instant(HEARD_AT)
                        .filter(at -> at.plus(KEPT).isAfter(now))
                        .isPresent())
                .forEach(item -> {
                    if (ImageReference.parse(item.required(Attributes.IMAGE)) instanceof Tagged tagged) {
                        sums.merge(tagged, item.real(PULLS_PER_DAY).orElse(0), Double::sum);
                    }
                });
        return sums;
    }
}
