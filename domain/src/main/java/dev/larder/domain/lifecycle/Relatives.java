package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Spreads "stays" along the relations of a repository's manifests: from an index to what it lists, between a subject and
 * its referrers both ways, and from a manifest that stays for itself to the indexes that list it, when none of them stays
 * anyway. Each manifest is looked at once when it comes to stay, so that the time grows with the relations.
 */
final class Relatives {
    private final Relations relations;
    private final Keeps keeps;
    private final Deque<Integer> open = new ArrayDeque<>();

    Relatives(Relations relations, Keeps keeps) {
        this.relations = relations;
        this.keeps = keeps;
    }

    void keep() {
        boolean[] byThemselves = new boolean[relations.size()];
        for (int place = 0; place < relations.size(); place++) {
            if (keeps.stays(place)) {
                byThemselves[place] = true;
                open.push(place);
            }
        }
        keepWhatAnUnreadIndexMayList();
        spread();
        for (int place = 0; place < relations.size(); place++) {
            if (byThemselves[place] && relations.parents(place).length > 0 && noneStays(relations.parents(place))) {
                for (int parent : relations.parents(place)) {
                    keep(parent, Guard.CHILD_IN_USE, "it lists " + digest(place) + ", which stays", place);
                }
                spread();
            }
        }
        for (int place : Waves.circles(relations, place -> !keeps.stays(place))) {
            keep(place, Guard.CIRCLE, "it and others refer to each other in a circle", Optional.empty());
        }
        spread();
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
            if (relations.hasSubject(staying)) {
                int subject = relations.subject(staying);
                keep(subject, Guard.REFERRER_STAYS, "its referrer " + digest(staying) + " stays", staying);
            }
            for (int referrer : relations.referrers(staying)) {
                keep(referrer, Guard.SUBJECT_STAYS, "its subject " + digest(staying) + " stays", staying);
            }
        }
    }

    private boolean noneStays(int[] places) {
        for (int place : places) {
            if (keeps.stays(place)) {
                return false;
            }
        }
        return true;
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
