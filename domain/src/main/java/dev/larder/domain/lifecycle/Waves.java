package dev.larder.domain.lifecycle;

import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The order in which manifests that go may be deleted: an index before what it lists, since ECR refuses what an index
 * lists while that is there, and a subject before its referrers.
 */
final class Waves {
    private final Relations relations;
    private final BitSet left;
    private final int[] waves;

    private Waves(Relations relations, IntPredicate goes) {
        this.relations = relations;
        this.left = new BitSet(relations.size());
        this.waves = new int[relations.size()];
        for (int place = 0; place < relations.size(); place++) {
            left.set(place, goes.test(place));
        }
    }

    /** The wave of each that goes, from 0: one more than the latest of those that go before it. */
    static int[] of(Relations relations, IntPredicate goes) {
        Waves all = new Waves(relations, goes);
        all.peel(all::later);
        return all.waves;
    }

    /** Those that would go and cannot, since each of them waits for another one. */
    static int[] circles(Relations relations, IntPredicate goes) {
        Waves all = new Waves(relations, goes);
        // what is behind a circle is in none itself, so both ends are peeled off
        all.peel(all::later);
        all.peel(all::earlier);
        return all.left.stream().toArray();
    }

    /** One step along the order, either way. */
    private interface Step {
        void from(int place, IntConsumer next);
    }

    /** Takes away, again and again, whatever no step leads to any more. */
    private void peel(Step step) {
        int[] waits = new int[relations.size()];
        int[] free = new int[left.cardinality()];
        int end = 0;
        for (int place = left.nextSetBit(0); place >= 0; place = left.nextSetBit(place + 1)) {
            step.from(place, next -> waits[next]++);
        }
        for (int place = left.nextSetBit(0); place >= 0; place = left.nextSetBit(place + 1)) {
            if (waits[place] == 0) {
                free[end++] = place;
            }
        }
        Queue queue = new Queue(free, end);
        for (int at = 0; at < queue.end; at++) {
            int place = queue.places[at];
            step.from(place, next -> {
                waves[next] = Math.max(waves[next], waves[place] + 1);
                if (--waits[next] == 0) {
                    queue.places[queue.end++] = next;
                }
            });
            left.clear(place);
        }
    }

    private static final class Queue {
        private final int[] places;
        private int end;

        Queue(int[] places, int end) {
            this.places = places;
            this.end = end;
        }
    }

    private void later(int place, IntConsumer next) {
        each(relations.children(place), next);
        each(relations.referrers(place), next);
    }

    private void earlier(int place, IntConsumer next) {
        each(relations.parents(place), next);
        each(relations.subjects(place), next);
    }

    private void each(int[] places, IntConsumer next) {
        for (int place : places) {
            if (left.get(place)) {
                next.accept(place);
            }
        }
    }
}
