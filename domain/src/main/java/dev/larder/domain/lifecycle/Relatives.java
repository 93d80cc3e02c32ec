package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Spreads "stays" along the relations of a repository's manifests: from an index to what it lists, between a subject and
 * its referrers both ways, and from a manifest that somebody needs to the indexes that list it, when none of them stays
 * anyway. Each manifest is looked at once when it comes to stay and once when it comes to be needed, so that the time grows
 * with the relations.
 */
final class Relatives {
    private final Relations relations;
    private final Keeps keeps;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Deque<Integer> unserved = new ArrayDeque<>();
    private final BitSet needed;
    private final Optional<BitSet> serving;

    Relatives(Relations relations, Keeps keeps) {
        this(relations, keeps, Optional.empty());
    }

    /** @param serving indexes that may be kept for what they list; absent for all: others may go by another plan */
    Relatives(Relations relations, Keeps keeps, Optional<BitSet> serving) {
        this.relations = relations;
        this.keeps = keeps;
        this.serving = serving;
        this.needed = new BitSet(relations.size());
    }

    /** Keeps what has to stay, and says what is needed: what stays for more than that something may list it. */
    BitSet keep() {
        for (int place = 0; place < relations.size(); place++) {
            if (keeps.stays(place)) {
                need(place);
                open.add(place);
            }
        }
        keepWhatAnUnreadIndexMayList();
        spread();
        while (!unserved.isEmpty()) {
            keepAnIndexOf(unserved.remove());
        }
        for (int place : Waves.circles(relations, place -> !keeps.stays(place))) {
            keep(place, Guard.CIRCLE, "it and others refer to each other in a circle", Optional.empty());
        }
        spread();
        return needed;
    }

    /** Marks what stays for more than that something may list it, and what is about it and it is about with it. */
    private void need(int place) {
        Deque<Integer> more = new ArrayDeque<>(List.of(place));
        while (!more.isEmpty()) {
            int next = more.remove();
            if (!needed.get(next)) {
                needed.set(next);
                unserved.add(next);
                for (int referrer : relations.referrers(next)) {
                    more.add(referrer);
                }
                for (int subject : relations.subjects(next)) {
                    more.add(subject);
                }
            }
        }
    }

    /** Who needs an image asks for it by a tag of an index, perhaps of an index of indexes. */
    private void keepAnIndexOf(int child) {
        int[] parents = serving.isEmpty() ? relations.parents(child) : only(serving.get(), relations.parents(child));
        if (any(parents, needed::get)) {
            return;
        }
        boolean anyStays = any(parents, keeps::stays);
        for (int parent : parents) {
            if (!anyStays) {
                keep(parent, Guard.CHILD_IN_USE, "it lists " + digest(child) + ", which stays", child);
            }
            if (keeps.stays(parent)) {
                need(parent);
            }
        }
        spread();
    }

    private static int[] only(BitSet some, int[] places) {
        return Arrays.stream(places).filter(some::get).toArray();
    }

    private static boolean any(int[] places, IntPredicate test) {
        for (int place : places) {
            if (test.test(place)) {
                return true;
            }
        }
        return false;
    }

    private void keepWhatAnUnreadIndexMayList() {
        int unread = unread();
        for (int place = 0; unread >= 0 && place < relations.size(); place++) {
            if (!Grounds.hasOwnTag(relations.at(place))) {
                keep(
                        place,
                        Guard.MAYBE_LISTED,
                        "what " + digest(unread) + " lists is not known, and it may be this",
                        Optional.empty());
            }
        }
    }

    private int unread() {
        for (int place = 0; place < relations.size(); place++) {
            Manifest manifest = relations.at(place);
            if (manifest.children().isEmpty() || !manifest.isKnownKind()) {
                return place;
            }
        }
        return -1;
    }

    private void spread() {
        while (!open.isEmpty()) {
            int staying = open.pop();
            for (int child : relations.children(staying)) {
                keep(child, Guard.LISTED, "listed by " + digest(staying) + ", which stays", staying);
            }
            for (int subject : relations.subjects(staying)) {
                keep(subject, Guard.REFERRER_STAYS, "its referrer " + digest(staying) + " stays", staying);
            }
            for (int referrer : relations.referrers(staying)) {
                keep(referrer, Guard.SUBJECT_STAYS, "its subject " + digest(staying) + " stays", staying);
            }
        }
    }

    /** Keeps it as long as the one because of which it stays. */
    private void keep(int place, Guard guard, String detail, int because) {
        keep(place, guard, detail, keeps.at(because).flatMap(Verdict.Keep::until));
    }

    private void keep(int place, Guard guard, String detail, Optional<Instant> until) {
        if (keeps.keep(place, guard, detail, until)) {
            open.push(place);
        }
    }

    private String digest(int place) {
        return relations.at(place).digest().value();
    }
}
