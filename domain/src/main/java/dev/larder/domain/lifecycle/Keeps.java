package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stays so far, by place. What stays once never goes again. */
final class Keeps {
    private final Verdict.@Nullable Keep[] keeps;

    Keeps(int size) {
        this(new Verdict.@Nullable Keep[size]);
    }

    private Keeps(Verdict.@Nullable Keep[] keeps) {
        this.keeps = keeps;
    }

    Keeps copy() {
        return new Keeps(keeps.clone());
    }

    boolean stays(int place) {
        return keeps[place] != null;
    }

    Optional<Verdict.Keep> at(int place) {
        return Optional.ofNullable(keeps[place]);
    }

    /** Keeps it for this, unless it stays already. */
    boolean keep(int place, Guard guard, String detail, Optional<Instant> until) {
        return keep(place, new Verdict.Keep(guard, detail, until));
    }

    /** Keeps it for this, unless it stays already. */
    boolean keep(int place, Verdict.Keep keep) {
        if (keeps[place] != null) {
            return false;
        }
        keeps[place] = keep;
        return true;
    }

    /** Keeps what others keep, too. */
    void addAll(Keeps others) {
        for (int place = 0; place < keeps.length; place++) {
            keeps[place] = keeps[place] == null ? others.keeps[place] : keeps[place];
        }
    }
}
