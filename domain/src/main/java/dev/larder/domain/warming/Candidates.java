package dev.larder.domain.warming;

import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the images that are worth warming.
 *
 * @param pins images that the file asks for
 * @param minimumPulls what is popular was pulled at least so often
 * @param within and all of that within this time
 * @param lookAhead until the next plan: what goes stale before then is refreshed now
 */
public record Candidates(Set<Tagged> pins, long minimumPulls, Duration within, Duration lookAhead) {
    /** ECR checks a tag upstream again when the last check is older than this, on a pull (user guide). */
    public static final Duration FRESH_FOR = Duration.ofHours(24);

    /** Copies the set. */
    public Candidates {
        pins = Set.copyOf(pins);
    }

    /** The candidates among the images, the best first, each once. */
    public List<Candidate> among(Collection<Known> images, Instant now) {
        return images.stream()
                .flatMap(image -> consider(image, now).stream())
                .sorted(Candidate.BEST_FIRST)
                .distinct()
                .toList();
    }

    /** Whether one image is worth warming. */
    public Optional<Candidate> consider(Known image, Instant now) {
        if (image.backoff().filter(backoff -> backoff.holds(now)).isPresent()) {
            return Optional.empty();
        }
        boolean pinned = pins.contains(image.image());
        if (!pinned && !isPopular(image, now)) {
            return Optional.empty();
        }
        if (!image.cached()) {
            return Optional.of(
                    pinned
                            ? candidate(image, WarmReason.PINNED, true, "pinned and not in the cache")
                            : candidate(
                                    image, WarmReason.POPULAR, false, image.pulls() + " pulls and not in the cache"));
        }
        Instant stale = image.checkedAt().orElse(Instant.EPOCH).plus(FRESH_FOR);
        if (stale.isAfter(now.plus(lookAhead))) {
            return Optional.empty();
        }
        return Optional.of(candidate(
                image,
                WarmReason.STALE,
                pinned,
                (pinned ? "pinned" : image.pulls() + " pulls") + ", last checked "
                        + image.checkedAt().map(Instant::toString).orElse("never")));
    }

    private boolean isPopular(Known image, Instant now) {
        return image.pulls() >= minimumPulls
                && image.popularity().isPresent()
                && image.lastPulledAt()
                        .filter(at -> !at.isBefore(now.minus(within)))
                        .isPresent();
    }

    private static Candidate candidate(Known image, WarmReason reason, boolean pinned, String detail) {
        double worth = image.popularity().orElse(Double.NEGATIVE_INFINITY) - log2(image.cost());
        return new Candidate(image.image(), reason, pinned, worth, image.cost(), detail);
    }

    private static double log2(int value) {
        return Math.log(value) / Math.log(2);
    }
}
