package dev.larder.benchmarks.warming;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the pulls of the last 14 days. */
final class MostPulled {
    private static final int DAYS = 14;

    private final Map<Integer, int[]> counts = new HashMap<>();
    private int today;

    void pulled(int tag) {
        counts.computeIfAbsent(tag, any -> new int[DAYS])[today]++;
    }

    /** The most pulled first; of as many pulls, the smaller number. */
    List<Integer> best(int top) {
        return counts.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Integer, int[]> entry) -> -sum(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .limit(top)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Another day begins; what is older than 14 is forgotten. */
    void dayIsOver() {
        today = (today + 1) % DAYS;
        counts.values().forEach(days -> days[today] = 0);
        counts.values().removeIf(days -> sum(days) == 0);
    }

    private static int sum(int[] days) {
        int sum = 0;
        for (int day : days) {
            sum += day;
        }
        return sum;
    }
}
