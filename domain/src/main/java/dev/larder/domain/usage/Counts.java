package dev.larder.domain.usage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts by name, of which only the largest keep their names when there are many. */
final class Counts {
    private final Map<String, Long> counts = new TreeMap<>();

    void add(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /** At most so many names; what the others have is counted under {@link ImageDay#OTHERS}. */
    Map<String, Long> named(int most) {
        if (counts.size() <= most) {
            return counts;
        }
        List<Map.Entry<String, Long>> ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        Map<String, Long> named = new HashMap<>();
        ranked.subList(0, most).forEach(entry -> named.put(entry.getKey(), entry.getValue()));
        ranked.subList(most, ranked.size()).forEach(entry -> named.merge(ImageDay.OTHERS, entry.getValue(), Long::sum));
        return named;
    }
}
