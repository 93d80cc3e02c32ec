package dev.larder.benchmarks.warming;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pulls, every day at the same time, the images that were pulled most in the last days: what people script by hand. */
final class DailyRepull implements Strategy {
    private static final int MEMORY = 14;
    private static final long DAY = 86_400;

    private final Ecr ecr;
    private final int top;
    private final Map<Integer, int[]> counts = new HashMap<>();
    private long wakes;
    private int today;

    DailyRepull(Ecr ecr, int top, long begins) {
        this.ecr = ecr;
        this.top = top;
        // at five in the morning, before people come
        this.wakes = begins / DAY * DAY + 29 * 3600;
    }

    @Override
    public String name() {
        return "daily re-pull of the top " + top;
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
