package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** When a manifest may go if nothing happens to it from now on: nobody pulls, pushes or warms it. */
public sealed interface Forecast {
    /** It may go from that time on, with the sweep after it; from now on, when that is not in the future. */
    record From(Instant at) implements Forecast {}

    /** Time alone never lets it go: it stays as long as this keeps it. */
    record Stays(Verdict.Keep because) implements Forecast {}

    /**
     * Looks ahead.
     *
     * @param quota as if it were exceeded; absent for what the rules alone let go
     * @param objections what is known to speak against images beyond the state
     * @throws IllegalArgumentException when the manifest is not in the repository
     */
    static Forecast of(
            RepositoryState state,
            Policy policy,
            Optional<Quota> quota,
            Map<Digest, Objection> objections,
            Digest digest,
            Instant now) {
        Instant at = now;
        while (true) {
            RepositoryPlan rules = RepositoryPlan.of(state, policy, at).objected(objections);
            RepositoryPlan plan = quota.map(rules::underQuota).orElse(rules);
            if (!(plan.verdict(digest) instanceof Verdict.Keep keep)) {
                return new From(at);
            }
            // each step ends a guard for good, so that there are not more of them than guards and manifests
            Optional<Instant> next = keep.until();
            if (next.isEmpty() || !next.get().isAfter(at)) {
                return new Stays(keep);
            }
            at = next.get();
        }
    }
}
