package dev.larder.benchmarks.warming;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A daily re-pull as a script does it: one image after the other, the most pulled first. An image that comes earlier than
 * the day before finds the check of that day still valid, so that ECR serves what it has, and the check is left to whoever
 * pulls next.
 */
final class PacedRepull implements Strategy {
    /** How long one image takes. */
    private static final long SECONDS_EACH = 2;

    private final Ecr ecr;
    private final MostPulled most;
    private final int top;
    private final Queue<Integer> left = new ArrayDeque<>();
    private long begins;
    private long wakes;

    PacedRepull(Ecr ecr, int top, long begins) {
        this.ecr = ecr;
        this.top = top;
        this.most = new MostPulled();
        this.begins = DailyRepull.first(begins);
        wakes = this.begins;
    }

    @Override
    public long wakes() {
        return wakes;
    }

    @Override
    public void act(long now) {
        if (now == begins) {
            left.addAll(most.best(top));
            most.dayIsOver();
            begins += DailyRepull.DAY;
        }
        Integer tag = left.poll();
        if (tag != null) {
            ecr.fetch(tag, now);
        }
        wakes = left.isEmpty() ? begins : Math.min(begins, now + SECONDS_EACH);
    }

    @Override
    public void pulled(int tag, long time, Ecr.Outcome outcome) {
        most.pulled(tag);
    }
}
