package dev.larder.domain.usage;

import dev.larder.events.image.ImageReference;
import java.util.Optional;

/**
 * What one principal did with one image on a day. A pull by digest is in the row of the digest only, so that rows can be
 * added up.
 *
 * @param image as it was named
 * @param workload the pod, where CloudTrail tells it; nodes and tasks come and go, and are not kept apart
 * @param cold of the pulls
 * @param stale of the pulls
 * @param failed not of the pulls
 * @param bytes an upper bound
 */
public record UsageRow(
        ImageReference image,
        String principal,
        Optional<String> workload,
        long pulls,
        long cold,
        long stale,
        long failed,
        long bytes) {
    /** Both together; image and principal are this one's. */
    public UsageRow plus(UsageRow other) {
        return new UsageRow(
                image,
                principal,
                workload,
                pulls + other.pulls,
                cold + other.cold,
                stale + other.stale,
                failed + other.failed,
                bytes + other.bytes);
    }

    static UsageRow of(CountedPull pull) {
        boolean served = pull.served();
        return new UsageRow(
                pull.image(),
                pull.caller().principal(),
                pull.caller()
                        .session()
                        .flatMap(Workload::ofSession)
                        .filter(workload -> workload.kind() == Workload.Kind.POD)
                        .map(Workload::toString),
                served ? 1 : 0,
                pull.outcome().equals(Outcome.COLD) ? 1 : 0,
                pull.outcome().equals(Outcome.STALE) ? 1 : 0,
                served ? 0 : 1,
                pull.bytes());
    }
}
