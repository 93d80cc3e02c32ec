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
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    @Override
    public void heard(ImagesPopular event) {
        List<Map<String, AttributeValue>> items = event.images().stream()
                .map(wanted -> {
                    Map<String, AttributeValue> item =
                            new HashMap<>(new Key(PARTITION, wanted.image() + "#" + event.cell()).attributes());
                    item.put(Attributes.IMAGE, Values.text(wanted.image().toString()));
                    item.put(PULLS_PER_DAY, Values.number(wanted.pullsPerDay()));
                    item.put(HEARD_AT, Values.instant(event.at()));
                    item.put(Attributes.EXPIRES_AT, Values.expiry(event.at().plus(KEPT)));
                    return item;
                })
                .toList();
        table.putAll(items);
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
