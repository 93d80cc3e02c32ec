package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is said of manifests that nobody was asked about, since they come with one that somebody was. */
final class ComesWith {
    private ComesWith() {}

    /**
     * The lines of the others: of what each of those with lines lists, and of what refers to it, over any number of steps.
     *
     * @param seen lines of those that somebody was asked about
     */
    static Map<Digest, List<String>> lines(Map<Digest, List<String>> seen, List<Manifest> candidates) {
        Map<Digest, Set<Digest>> parts = parts(candidates);
        Map<Digest, List<String>> lines = new HashMap<>();
        seen.forEach((top, its) -> {
            List<String> said = its.stream()
                    .map(line -> line + ": " + top + ", with which this one comes")
                    .toList();
            Deque<Digest> open = new ArrayDeque<>(Set.of(top));
            while (!open.isEmpty()) {
                for (Digest part : parts.getOrDefault(open.pop(), Set.of())) {
                    if (!seen.containsKey(part) && lines.putIfAbsent(part, said) == null) {
                        open.push(part);
                    }
                }
            }
        });
        return lines;
    }

    private static Map<Digest, Set<Digest>> parts(List<Manifest> candidates) {
        Map<Digest, Set<Digest>> parts = new HashMap<>();
        Set<Digest> there = new HashSet<>();
        candidates.forEach(manifest -> there.add(manifest.digest()));
        for (Manifest manifest : candidates) {
            manifest.children().stream()
                    .flatMap(Set::stream)
                    .filter(there::contains)
                    .forEach(child -> parts.computeIfAbsent(manifest.digest(), any -> new HashSet<>())
                            .add(child));
            manifest.subject()
                    .ifPresent(subject -> parts.computeIfAbsent(subject, any -> new HashSet<>())
                            .add(manifest.digest()));
        }
        return parts;
    }
}
