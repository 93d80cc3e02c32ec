package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Sync;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Joins ECR's trips upstream to the pulls that they were made for: of each tag, the last pull before ECR told of the trip.
 * Inferred: ECR's event does not say which call it was made for.
 */
final class Trips {
    /** The longest time from a call until ECR tells of the trip. Inferred. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** CloudTrail's times are whole seconds, ECR's are its own. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    /** So long after ECR told of a trip the call that it was made for is over. Inferred. */
    private static final Duration ANSWERS = Duration.ofSeconds(5);

    private final Tagging tagging;
    private final List<Sync> syncs = new ArrayList<>();
    private final Map<ImageReference, TreeSet<Instant>> failures = new HashMap<>();

    Trips(Tagging tagging) {
        this.tagging = tagging;
    }

    void add(Sync sync) {
        syncs.add(sync);
        if (sync.failure().isPresent()) {
            failures.computeIfAbsent(sync.image(), image -> new TreeSet<>()).add(sync.time());
        }
    }

    /** Whether ECR went upstream for it in vain, from one time to another, both included. */
    boolean failedBetween(ImageReference image, Instant from, Instant to) {
        Instant first = failures.getOrDefault(image, new TreeSet<>()).ceiling(from);
        return first != null && !first.isAfter(to);
    }

    /** Marks what is not a hit; both the trips and the pulls come in the order of time. */
    void mark(List<OpenPull> pulls) {
        Map<ImageReference, List<OpenPull>> byTag = new HashMap<>();
        pulls.forEach(pull ->
                byTag.computeIfAbsent(pull.image(), image -> new ArrayList<>()).add(pull));
        Map<Tagged, List<Sync>> trips = new HashMap<>();
        syncs.forEach(sync ->
                trips.computeIfAbsent(sync.image(), image -> new ArrayList<>()).add(sync));
        trips.forEach((image, told) -> mark(told, byTag.getOrDefault(image, List.of())));
    }

    private void mark(List<Sync> told, List<OpenPull> pulls) {
        Waiting served = new Waiting();
        Waiting failed = new Waiting();
        int next = 0;
        for (Sync sync : told) {
            Instant latest = sync.time().plus(CLOCKS);
            while (next < pulls.size() && !pulls.get(next).time().isAfter(latest)) {
                OpenPull pull = pulls.get(next++);
                (pull.failed() ? failed : served).add(pull);
            }
            Instant earliest = sync.time().minus(LONGEST);
            Optional<OpenPull> error =
                    sync.failure().isPresent() ? failed.latest(earliest) : Optional.<OpenPull>empty();
            Optional<OpenPull> hit = served.latest(earliest);
            if (error.isPresent()
                    && hit.filter(pull -> pull.time().isAfter(error.get().time()))
                            .isEmpty()) {
                // the call has the reason itself
                failed.take();
            } else if (hit.isPresent()) {
                mark(sync, served.take());
            } else if (next < pulls.size() && answers(pulls.get(next), sync)) {
                mark(sync, pulls.get(next++));
            }
        }
    }

    /** The call is over only when ECR has answered, which may be after it told of the trip. */
    private static boolean answers(OpenPull pull, Sync sync) {
        return !pull.failed() && !pull.time().isAfter(sync.time().plus(ANSWERS));
    }

    private void mark(Sync sync, OpenPull pull) {
        switch (outcome(sync, pull)) {
            case Outcome.Cold cold -> pull.cold(sync.time());
            case Outcome other -> pull.mark(other);
        }
    }

    /** Pulls that no trip was joined to, the latest one on top. */
    private static final class Waiting {
        private final Deque<OpenPull> pulls = new ArrayDeque<>();

        void add(OpenPull pull) {
            pulls.push(pull);
        }

        Optional<OpenPull> latest(Instant earliest) {
            if (!pulls.isEmpty() && pulls.peek().time().isBefore(earliest)) {
                pulls.clear();
            }
            return Optional.ofNullable(pulls.peek());
        }

        OpenPull take() {
            return pulls.pop();
        }
    }

    /** Without anything in the cache the client got nothing, and so it could not go on. */
    private Outcome outcome(Sync sync, OpenPull pull) {
        if (sync.failure().isEmpty()) {
            return Outcome.COLD;
        }
        return pull.isFollowed() || tagging.wasCached(sync.image().tag(), pull.time())
                ? Outcome.STALE
                : new Outcome.Failed(sync.failure().get());
    }
}
