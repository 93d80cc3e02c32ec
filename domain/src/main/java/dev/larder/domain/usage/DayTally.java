package dev.larder.domain.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up the pulls of a day, for each image and for each principal. Takes them hour by hour, by time. */
public final class DayTally {
    private final ForwardDecay decay;
    private final Map<ImageReference, ImageTally> images = new LinkedHashMap<>();
    private final Map<RowKey, UsageRow> rows = new LinkedHashMap<>();
    private final Map<Tagged, Map<Digest, Instant>> contents = new HashMap<>();

    /** @param decay of popularity */
    public DayTally(ForwardDecay decay) {
        this.decay = decay;
    }

    private record RowKey(ImageReference image, String principal, Optional<String> workload) {}

    /** Adds pulls. One by digest counts for the digest, and for each tag that pointed there. */
    public DayTally add(Collection<CountedPull> pulls) {
        for (CountedPull pull : pulls) {
            add(pull.image(), pull, false);
            pull.tags().forEach(tag -> add(tag, pull, true));
            UsageRow row = UsageRow.of(pull);
            rows.merge(new RowKey(row.image(), row.principal(), row.workload()), row, UsageRow::plus);
            if (pull.served() && pull.image() instanceof Tagged tagged) {
                pull.content()
                        .ifPresent(content -> contents.computeIfAbsent(tagged, tag -> new HashMap<>())
                                .merge(content, pull.time(), (one, other) -> one.isAfter(other) ? one : other));
            }
        }
        return this;
    }

    private void add(ImageReference image, CountedPull pull, boolean mapped) {
        images.computeIfAbsent(image, each -> new ImageTally()).add(pull, mapped, decay);
    }

    /** The day of each image. */
    public Map<ImageReference, ImageDay> images() {
        Map<ImageReference, ImageDay> days = new LinkedHashMap<>();
        images.forEach((image, tally) -> days.put(image, tally.day()));
        return days;
    }

    /** The day of all images by principal. */
    public List<UsageRow> rows() {
        return List.copyOf(rows.values());
    }

    /** What each tag pointed at when it was pulled, and when that was last. */
    public Map<Tagged, Map<Digest, Instant>> contents() {
        return Map.copyOf(contents);
    }
}
