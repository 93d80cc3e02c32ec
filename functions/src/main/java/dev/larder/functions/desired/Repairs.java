package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.functions.ecr.CacheException;
import java.util.Optional;
import java.util.function.Supplier;

/** Repairs, and tells what became of it. */
final class Repairs {
    private Repairs() {}

    static Drift one(Drift drift, boolean repair, Runnable how) {
        if (!repair || !(drift instanceof Drift.Open open)) {
            return drift;
        }
        try {
            how.run();
            return new Drift.Repaired(open.field(), open.found(), open.wanted());
        } catch (CacheException e) {
            return failed(open, e);
        }
    }

    /**
     * Repairs a policy, unless it has changed since it was merged. ECR puts nothing on a condition: what somebody does in the
     * moment between the look and the put is lost.
     *
     * @param now reads it again
     * @param stop what keeps it from being put at the last moment
     */
    static Drift policy(
            MergedPolicy.Repairable policy,
            Supplier<Optional<String>> now,
            Supplier<Optional<Drift>> stop,
            Runnable how) {
        Drift drift = policy.drift();
        try {
            if (!now.get().equals(policy.found())) {
                return new Drift.Overtaken(drift.field(), drift.found(), drift.wanted());
            }
        } catch (CacheException e) {
            return failed(drift, e);
        }
        return stop.get().orElseGet(() -> one(drift, true, how));
    }

    static Drift failed(Drift drift, CacheException e) {
        return new Drift.Failed(
                drift.field(), drift.found(), drift.wanted(), String.valueOf(e.getMessage()), e.passes());
    }

    static Drift failed(Drift drift, String reason) {
        return new Drift.Failed(drift.field(), drift.found(), drift.wanted(), reason, false);
    }
}
