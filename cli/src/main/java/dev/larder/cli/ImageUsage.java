package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All that is known of one image's pulls.
 *
 * @param days that have any pull, or any that failed
 * @param tags of an image by digest, those that point there now
 * @param lastPulledAt by the record, whenever that was
 * @param ecr what ECR says of its last pull
 * @param completeSince of the record; absent when it is not
 */
record ImageUsage(
        ImageReference image,
        LocalDate from,
        SortedMap<LocalDate, ImageDay> days,
        List<Tag> tags,
        Optional<Instant> lastPulledAt,
        EcrWitness.Answer ecr,
        Witness witness,
        Optional<Instant> completeSince) {
    /** Clocks differ, and events come some minutes late. */
    private static final Duration SLACK = Duration.ofHours(1);

    Sums total() {
        return days.values().stream().map(Sums::of).reduce(Sums.NONE, Sums::plus);
    }

    long byDigest() {
        return days.values().stream().mapToLong(ImageDay::byDigest).sum();
    }

    long late() {
        return days.values().stream().mapToLong(ImageDay::late).sum();
    }

    /** Counts by name over all days. */
    Map<String, Long> sum(Function<ImageDay, Map<String, Long>> counts) {
        Map<String, Long> sum = new TreeMap<>();
        days.values().forEach(day -> counts.apply(day).forEach((name, count) -> sum.merge(name, count, Long::sum)));
        return sum;
    }

    /** By how much ECR's last pull is later than the record's, when it is by more than events are late. */
    Optional<Duration> ecrIsLaterBy() {
        return ecr.lastPull()
                .map(seen -> Duration.between(lastPulledAt.orElse(Instant.EPOCH), seen))
                .filter(later -> later.compareTo(SLACK) > 0);
    }
}
