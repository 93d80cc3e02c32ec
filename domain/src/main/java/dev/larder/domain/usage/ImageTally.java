package dev.larder.domain.usage;

import dev.larder.domain.popularity.ForwardDecay;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Sums up the pulls of one image on one day. */
final class ImageTally {
    /** An item of the table has at most 400 KB: so many ARNs, at most 600 bytes each, always fit. */
    private static final int PRINCIPALS = 500;

    private static final int NAMES = 100;

    private final Counts by = new Counts();
    private final Counts failed = new Counts();
    private final Counts workloads = new Counts();
    private final Counts platforms = new Counts();
    private long byDigest;
    private long cold;
    private long stale;
    private long bytes;
    private OptionalDouble score = OptionalDouble.empty();
    private @Nullable Instant last;
    private @Nullable Instant lastFailed;

    void add(CountedPull pull, boolean mapped, ForwardDecay decay) {
        if (pull.outcome() instanceof Outcome.Failed(String code)) {
            failed.add(code);
            lastFailed = lastFailed == null || pull.time().isAfter(lastFailed) ? pull.time() : lastFailed;
            return;
        }
        by.add(pull.caller().principal());
        pull.caller().workload().ifPresent(workloads::add);
        pull.platforms().forEach(platform -> platforms.add(platform.toString()));
        byDigest += mapped ? 1 : 0;
        cold += pull.outcome().equals(Outcome.COLD) ? 1 : 0;
        stale += pull.outcome().equals(Outcome.STALE) ? 1 : 0;
        bytes += pull.bytes();
        score = decay.add(score, 1, pull.time());
        if (last == null || pull.time().isAfter(last)) {
            last = pull.time();
        }
    }

    ImageDay day() {
        return new ImageDay(
                by.named(PRINCIPALS),
                byDigest,
                cold,
                stale,
                failed.named(NAMES),
                workloads.named(NAMES),
                platforms.named(NAMES),
                bytes,
                score,
                Optional.ofNullable(last),
                Optional.ofNullable(lastFailed),
                0);
    }
}
