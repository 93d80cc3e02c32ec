package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.table.ImageRecords;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes evictions back: warm orders for what the tombstones name. An image that had tags is ordered by each; one that had
 * none, by its digest, unless an index lists it, with which it comes.
 */
public final class Undo {
    private final Runs runs;
    private final Tombstones tombstones;
    private final ImageRecords records;
    private final WarmOrders orders;
    private final InstantSource clock;

    /** Takes the ports. */
    public Undo(Runs runs, Tombstones tombstones, ImageRecords records, WarmOrders orders, InstantSource clock) {
        this.runs = runs;
        this.tombstones = tombstones;
        this.records = records;
        this.orders = orders;
        this.clock = clock;
    }

    /** Orders everything that a run evicted. */
    public List<WarmOrder> run(String run) {
        return order(runs.lines(run)
                .filter(Undo::mayBeGone)
                .flatMap(line -> tombstones.get(line.repository(), line.digest(), run).stream())
                .flatMap(this::orders));
    }

    /** Orders one image; nothing when it has no tombstone. By digest, all the tags that it had. */
    public List<WarmOrder> image(ImageReference image) {
        Optional<Tombstone> tombstone = switch (image) {
            case Tagged(var repository, var tag) -> tombstones.get(repository, tag.value());
            case Digested(var repository, var digest) -> tombstones.get(repository, digest.value());
        };
        return order(tombstone.stream().flatMap(this::orders).filter(wanted -> switch (image) {
            case Tagged tagged -> wanted.image().equals(tagged);
            case Digested digested -> true;
        }));
    }

    /** A run that was killed leaves lines of what it was about to evict; only what has a tombstone may be gone. */
    private static boolean mayBeGone(RunLine line) {
        return switch (line.outcome()) {
            case EVICT, EVICTED -> true;
            case KEEP, FAILED -> false;
        };
    }

    private record Wanted(ImageReference image, Tombstone tombstone) {}

    private Stream<Wanted> orders(Tombstone tombstone) {
        List<Tag> tags = KeepTag.without(tombstone.tags());
        if (!tags.isEmpty()) {
            return tags.stream().map(tag -> new Wanted(new Tagged(tombstone.repository(), tag), tombstone));
        }
        boolean comesWithAnother = records.tagging(tombstone.repository()).isListed(tombstone.digest());
        return comesWithAnother
                ? Stream.empty()
                : Stream.of(new Wanted(new Digested(tombstone.repository(), tombstone.digest()), tombstone));
    }

    private List<WarmOrder> order(Stream<Wanted> wanted) {
        List<WarmOrder> made = wanted.distinct()
                .map(want -> WarmOrder.atOnce(
                        "undo/" + want.tombstone().run() + "/" + want.image(),
                        want.image(),
                        WarmReason.UNDO,
                        want.tombstone().platforms(),
                        false,
                        clock.instant()))
                .toList();
        orders.send(made);
        return made;
    }
}
