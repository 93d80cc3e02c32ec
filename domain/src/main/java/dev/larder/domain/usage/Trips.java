package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Sync;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins ECR's trips upstream to the pulls that they were made for: of each tag, the last pull before ECR told of the trip.
 * Inferred: ECR's event does not say which call it was made for.
 */
final class Trips {
    /** The longest time from a call until ECR tells of the trip. Inferred. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** CloudTrail's times are whole seconds, ECR's are its own. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private final Tagging tagging;
    private final List<Sync> syncs = new ArrayList<>();

    Trips(Tagging tagging) {
        this.tagging = tagging;
    }

    void add(Sync sync) {
        syncs.add(sync);
    }

    /** Marks what is not a hit; both the trips and the pulls come in the order of time. */
    void mark(List<OpenPull> pulls) {
        Map<ImageReference, List<OpenPull>> byTag = new HashMap<>();
        pulls.forEach(pull ->
                byTag.computeIfAbsent(pull.image(), image -> new ArrayList<>()).add(pull));
        for (Sync sync : syncs) {
            List<OpenPull> ofTag = byTag.getOrDefault(sync.image(), List.of());
            cause(sync, ofTag).ifPresent(pull -> pull.mark(outcome(sync, pull.time())));
        }
    }

    private static Optional<OpenPull> cause(Sync sync, List<OpenPull> pulls) {
        Instant earliest = sync.time().minus(LONGEST);
        Instant latest = sync.time().plus(CLOCKS);
        return pulls.reversed().stream()
                .dropWhile(pull -> pull.time().isAfter(latest))
                .takeWhile(pull -> !pull.time().isBefore(earliest))
                .filter(pull -> pull.outcome().equals(Outcome.HIT))
                .findFirst();
    }

    private Outcome outcome(Sync sync, Instant pulled) {
        if (sync.failure().isEmpty()) {
            return Outcome.COLD;
        }
        Tagged image = sync.image();
        return tagging.wasCached(image.tag(), pulled)
                ? Outcome.STALE
                : new Outcome.Failed(sync.failure().get());
    }
}
