package dev.larder.domain.lifecycle;

import dev.larder.domain.image.KeepTag;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ground on which each manifest would go. What has no tag of its own, or only such as say what it is about, and is
 * listed by an index, or is about another one, shares the fate of that one, and so its ground; of several the strictest.
 */
final class Grounds {
    private final RepositoryState state;
    private final Relations relations;
    private final Ground notPulled;
    private final Ground superseded;
    private final Ground failedImport;
    private final @Nullable Ground[] found;
    private final BitSet pulled;
    private final Deque<Integer> open = new ArrayDeque<>();

    private Grounds(RepositoryState state, Relations relations, EvictionRule rule) {
        this.state = state;
        this.relations = relations;
        notPulled = new Ground(Reason.NOT_PULLED, rule.match(), rule.notPulledFor());
        superseded = new Ground(Reason.SUPERSEDED, rule.match(), rule.superseded());
        failedImport = new Ground(Reason.FAILED_IMPORT, rule.match(), rule.failedImports());
        pulled = pulled(state, relations);
        found = new @Nullable Ground[relations.size()];
    }

    /** The ground of each, by its place. */
    static Ground[] of(RepositoryState state, Relations relations, EvictionRule rule) {
        return new Grounds(state, relations, rule).all();
    }

    private Ground[] all() {
        for (int place = 0; place < found.length; place++) {
            Manifest manifest = relations.at(place);
            if (isAskedForByTag(place, manifest)) {
                set(place, notPulled);
            } else if (state.supersededAt().containsKey(manifest.digest())) {
                set(place, superseded);
            } else if (relations.isTop(place)) {
                set(place, isFailedImport(place, manifest) ? failedImport : notPulled);
            }
        }
        while (!open.isEmpty()) {
            int place = open.pop();
            for (int child : relations.children(place)) {
                share(place, child);
            }
            for (int referrer : relations.referrers(place)) {
                share(place, referrer);
            }
        }
        Ground[] grounds = new Ground[found.length];
        Arrays.setAll(grounds, place -> {
            Ground ground = found[place];
            return ground == null ? notPulled : ground;
        });
        return grounds;
    }

    private boolean isAskedForByTag(int place, Manifest manifest) {
        for (var tag : manifest.tags()) {
            if (!KeepTag.is(tag) && !relations.isAbout(place, tag)) {
                return true;
            }
        }
        return false;
    }

    static boolean hasOwnTag(Manifest manifest) {
        for (var tag : manifest.tags()) {
            if (!KeepTag.is(tag)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFailedImport(int place, Manifest manifest) {
        Use use = state.use(manifest.digest());
        return manifest.tags().isEmpty()
                && manifest.subject().isEmpty()
                && !pulled.get(place)
                && use.warmedAt().isEmpty()
                && use.importedAt().isEmpty();
    }

    /** Those that anybody ever pulled, and those of which anybody ever pulled a part. */
    private static BitSet pulled(RepositoryState state, Relations relations) {
        BitSet pulled = new BitSet(relations.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (int place = 0; place < relations.size(); place++) {
            Manifest manifest = relations.at(place);
            if (manifest.recordedPullAt().isPresent()
                    || state.use(manifest.digest()).pulledAt().isPresent()) {
                pulled.set(place);
                open.push(place);
            }
        }
        while (!open.isEmpty()) {
            int place = open.pop();
            for (int whole : relations.wholes(place)) {
                if (!pulled.get(whole)) {
                    pulled.set(whole);
                    open.push(whole);
                }
            }
        }
        return pulled;
    }

    private void set(int place, Ground ground) {
        found[place] = ground;
        open.push(place);
    }

    private void share(int from, int part) {
        Ground shared = found[from];
        Ground own = found[part];
        if (shared != null && (own == null || shared.isStricterThan(own))) {
            set(part, shared);
        }
    }
}
