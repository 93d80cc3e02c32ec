package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.functions.ecr.CacheException;

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
            return failed(open, String.valueOf(e.getMessage()));
        }
    }

    static Drift failed(Drift drift, String reason) {
        return new Drift.Failed(drift.field(), drift.found(), drift.wanted(), reason);
    }
}
