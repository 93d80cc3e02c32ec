package dev.larder.functions.inuse;

import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link ReportedLists} in the table. An item holds 400 KB, so a list is written in parts, under the name of a generation
 * that no reader knows yet; then its head names that generation. Half a list is never read as a whole one.
 */
public final class DynamoDbReportedLists implements ReportedLists {
    /** Far below what an item may have: DynamoDB counts names, too. */
    private static final int PART_CHARACTERS = 100_000;

    /** A part outlives the time for which its list is believed; without its head it is nothing. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Table table;
    private final InstantSource clock;

    /**
     * Takes the ports.
     *
     * @param table the cell's
     * @param clock says what is in the future
     */
    public DynamoDbReportedLists(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public boolean put(ReportedList list, Collection<ImageReference> images) {
        String generation = UUID.randomUUID().toString();
        List<Map<String, AttributeValue>> parts = parts(list, generation, images);
        table.putAll(parts);
        Optional<Item> before = table.get(Key.inUseList(list.cluster()));
        boolean newest = table.update(
                Key.inUseList(list.cluster()),
                "SET " + Attributes.LISTED_AT + " = :at, " + Attributes.FRESH_UNTIL + " = :until, "
                        + Attributes.GENERATION + " = :generation, " + Attributes.PARTS + " = :parts, "
                        + Attributes.IMAGE_COUNT + " = :images",
                // what a clock that was ahead has dated must not shut out all that comes after it
                "attribute_not_exists(" + Attributes.LISTED_AT + ") OR " + Attributes.LISTED_AT + " <= :at OR "
                        + Attributes.LISTED_AT + " > :future",
                Map.of(
                        ":at", Values.instant(list.listedAt()),
                        ":future", Values.instant(clock.instant().plus(ReportedList.AHEAD)),
                        ":until", Values.instant(list.freshUntil()),
                        ":generation", Values.text(generation),
                        ":parts", Values.number(parts.size()),
                        ":images", Values.number(images.size())));
        if (newest) {
            before.ifPresent(head -> removeParts(list.cluster(), head.required(Attributes.GENERATION)));
        } else {
            removeParts(list.cluster(), generation);
        }
        return newest;
    }

    private static List<Map<String, AttributeValue>> parts(
            ReportedList list, String generation, Collection<ImageReference> images) {
        List<Map<String, AttributeValue>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        int characters = 0;
        for (ImageReference image : images) {
            if (characters + image.toString().length() > PART_CHARACTERS) {
                parts.add(part(list, generation, parts.size(), part));
                part = new ArrayList<>();
                characters = 0;
            }
            part.add(image.toString());
            characters += image.toString().length();
        }
        parts.add(part(list, generation, parts.size(), part));
        return parts;
    }

    private static Map<String, AttributeValue> part(
            ReportedList list, String generation, int number, List<String> images) {
        Map<String, AttributeValue> item =
                new HashMap<>(Key.inUsePart(list.cluster(), generation, number).attributes());
        item.put(Attributes.IMAGES, Values.list(images));
        item.put(Attributes.EXPIRES_AT, Values.expiry(list.freshUntil().plus(MARGIN)));
        return item;
    }

    /** Only what a head had named, or never will: another report may be on its way. */
    private void removeParts(String cluster, String generation) {
        table.partition(Key.IN_USE, Key.inUseParts(cluster, generation))
                .map(Item::key)
                .toList()
                .forEach(table::delete);
    }

    @Override
    public boolean remove(String cluster) {
        Optional<Item> head = table.get(Key.inUseList(cluster));
        head.ifPresent(found -> {
            table.delete(found.key());
            removeParts(cluster, found.required(Attributes.GENERATION));
        });
        return head.isPresent();
    }

    @Override
    public List<ReportedList> all() {
        return table.consistentPartition(Key.IN_USE, Key.LIST)
                .map(head -> new ReportedList(
                        head.key().sk().substring(Key.LIST.length()),
                        head.instant(Attributes.LISTED_AT).orElseThrow(),
                        head.instant(Attributes.FRESH_UNTIL).orElseThrow(),
                        (int) head.whole(Attributes.IMAGE_COUNT).orElse(0)))
                .toList();
    }

    @Override
    public Optional<List<ImageReference>> images(String cluster) {
        Optional<Item> head = table.get(Key.inUseList(cluster));
        Optional<List<ImageReference>> images = head.flatMap(found -> images(cluster, found));
        // a later report may have taken its place while we read
        return images.isPresent() || head.equals(table.get(Key.inUseList(cluster)))
                ? images
                : table.get(Key.inUseList(cluster)).flatMap(newer -> images(cluster, newer));
    }

    private Optional<List<ImageReference>> images(String cluster, Item head) {
        List<Item> parts = table.consistentPartition(
                        Key.IN_USE, Key.inUseParts(cluster, head.required(Attributes.GENERATION)))
                .toList();
        List<ImageReference> images = parts.stream()
                .flatMap(part -> part.list(Attributes.IMAGES).stream())
                .map(ImageReference::parse)
                .toList();
        boolean whole = parts.size() == head.whole(Attributes.PARTS).orElse(-1)
                && images.size() == head.whole(Attributes.IMAGE_COUNT).orElse(-1);
        return whole ? Optional.of(images) : Optional.empty();
    }
}
