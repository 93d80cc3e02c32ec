package dev.larder.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How pulls are counted, and whose they are.
 *
 * @param halfLife after this time a pull weighs half in an image's popularity
 * @param exclude ARNs of roles and users whose pulls do not count
 * @param teams name to patterns over principals and workloads, in the file's order; only for who reads the record, so
 *     that no function knows them
 */
public record Usage(Duration halfLife, List<String> exclude, Map<String, List<String>> teams) {
    /**
     * Copies the lists, and keeps the teams' order.
     *
     * @throws IllegalArgumentException when the half-life is not positive
     */
    public Usage {
        if (!halfLife.isPositive()) {
            throw new IllegalArgumentException("not a half-life: " + halfLife + "; expected a time above zero");
        }
        exclude = List.copyOf(exclude);
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        teams.forEach((name, patterns) -> ordered.put(name, List.copyOf(patterns)));
        teams = Collections.unmodifiableMap(ordered);
    }

    /** Without teams, as a function knows it. */
    public Usage(Duration halfLife, List<String> exclude) {
        this(halfLife, exclude, Map.of());
    }
}
