package dev.larder.benchmarks.warming;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pulls, every day at the same time, the images that were pulled most in the last days: what people script by hand. It is
 * an idealized one: it is never late and never fails, no limit of the upstream holds for it, it knows all pulls, and each
 * of its checks falls on the very second at which the one of the day before runs out. One that comes a second early each
 * day would have ECR serve what it has, and leave the check to whoever pulls next.
 */
final class DailyRepull implements Strategy {
    private static final int MEMORY = 14;
    private static final long DAY = 86_400;

    /** Five in the morning (UTC), before people come. */
    private static final long TIME_OF_DAY = 5 * 3600;

    private final Ecr ecr;
    private final int top;
    private final Map<Integer, int[]> counts = new HashMap<>();
    private long wakes;
    private int today;

    DailyRepull(Ecr ecr, int top, long begins) {
        this.ecr = ecr;
        this.top = top;
        wakes = begins / DAY * DAY + DAY + TIME_OF_DAY;
    }

    @Override
    public long wakes() {
        return wakes;
    }

    @Override
    public void act(long now) {
        List<Integer> most = counts.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Integer, int[]> entry) -> -sum(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .limit(top)
                .map(Map.Entry::getKey)
                .toList();
        most.forEach(tag -> ecr.fetch(tag, now));
        today = (today + 1) % MEMORY;
        counts.values().forEach(days -> days[today] = 0);
        counts.values().removeIf(days -> sum(days) == 0);
        wakes += DAY;
    }

    @Override
    public void pulled(int tag, long time, Ecr.Outcome outcome) {
        counts.computeIfAbsent(tag, any -> new int[MEMORY])[today]++;
    }

    private static int sum(int[] days) {
        int sum = 0;
        for (int day : days) {
            sum += day;
        }
        return sum;
    }
}
