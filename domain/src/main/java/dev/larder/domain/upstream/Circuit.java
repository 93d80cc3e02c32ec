package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps Larder from asking an upstream that is not well. Closed: ask. Open until some time: do not. After that time, half
 * open: one probe, whose outcome closes it or opens it for twice as long.
 *
 * <p>An image may fail by itself, as often as it is asked for, and says nothing of the others. So what counts is how many
 * images failed, and while the circuit is half open those that did not are tried first.
 *
 * @param suspects images that failed since anything of the upstream could be had, the last one last
 * @param trips how often it opened in a row
 * @param openUntil absent while closed
 */
public record Circuit(List<String> suspects, int trips, Optional<Instant> openUntil) {
    /** A circuit of an upstream that is well. */
    public static final Circuit CLOSED = new Circuit(List.of(), 0, Optional.empty());

    /** So many images that failed in a row open it. */
    public static final int FAILURES_TO_OPEN = 5;

    /** So many for which the credentials failed, since that is said of an image that is not there as well. */
    public static final int REFUSED_LOGINS_TO_OPEN = 2;

    /** For so long it opens the first time. */
    public static final Duration FIRST = Duration.ofMinutes(5);

    /** For so long it opens at most. */
    public static final Duration LONGEST = Duration.ofHours(6);

    /** For so long, once it is half open, an image that failed waits for another to be the probe: longer than for a plan. */
    public static final Duration OTHERS_FIRST = Duration.ofMinutes(20);

    private static final int MOST_SUSPECTS = 20;

    /** How a circuit stands at some time. */
    public enum Phase {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** Copies the list. */
    public Circuit {
        suspects = List.copyOf(suspects);
    }

    /** How it stands. */
    public Phase phase(Instant now) {
        return openUntil
                .map(until -> now.isBefore(until) ? Phase.OPEN : Phase.HALF_OPEN)
                .orElse(Phase.CLOSED);
    }

    /** Whether an image was among those that failed. */
    public boolean isSuspect(String image) {
        return suspects.contains(image);
    }

    /** Until when an image must not be asked for; absent when it may be now. */
    public Optional<Instant> shutUntil(String image, Instant now) {
        return openUntil
                .map(until -> phase(now) == Phase.HALF_OPEN && isSuspect(image) ? until.plus(OTHERS_FIRST) : until)
                .filter(now::isBefore);
    }

    /** The circuit after the upstream answered well. */
    public Circuit succeeded() {
        return CLOSED;
    }

    /**
     * The circuit after a failure. A limit opens it at once, whatever was asked for: asking again would not help, and would
     * cost. Failures that are not the upstream's change nothing, and so do those that come in while it is open, since
     * they were asked for before.
     *
     * <p>That an image fails which failed before is no news. While the circuit is half open it changes nothing as long as
     * others go first; after that it opens for {@link #FIRST}, and no longer.
     *
     * @param image or whatever was asked for
     */
    public Circuit failed(FailureKind kind, String image, Instant now) {
        if (!kind.upstreamsFault() || phase(now) == Phase.OPEN) {
            return this;
        }
        if (kind == FailureKind.UPSTREAM_LIMIT) {
            return opened(suspects, now);
        }
        if (isSuspect(image)) {
            return phase(now) == Phase.CLOSED || shutUntil(image, now).isPresent()
                    ? this
                    : new Circuit(suspects, trips, Optional.of(now.plus(FIRST)));
        }
        List<String> failed = new ArrayList<>(suspects);
        failed.add(image);
        List<String> kept = failed.subList(Math.max(0, failed.size() - MOST_SUSPECTS), failed.size());
        int toOpen = kind == FailureKind.CREDENTIALS ? REFUSED_LOGINS_TO_OPEN : FAILURES_TO_OPEN;
        return phase(now) == Phase.HALF_OPEN || failed.size() >= toOpen
                ? opened(kept, now)
                : new Circuit(kept, trips, Optional.empty());
    }

    /** The same, where no image is to blame: that the upstream has had enough. */
    public Circuit failed(FailureKind kind, Instant now) {
        return failed(kind, "", now);
    }

    private Circuit opened(List<String> failed, Instant now) {
        return new Circuit(failed, trips + 1, Optional.of(now.plus(pause(trips))));
    }

    private static Duration pause(int trips) {
        // 2^7 times FIRST is already more than LONGEST
        Duration doubled = FIRST.multipliedBy(1L << Math.min(trips, 7));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
