package dev.larder.domain.warming;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Shares what there is among those who ask for images that are not in the cache: nobody knows since when each one is wanted,
 * and who asks for hundreds must not keep waiting who asks for one. Each image has the number of those that its asker got
 * before, so that whoever got the least is served first. What was tried in vain counts as got where users ask: they may ask
 * for whatever they like.
 */
final class Turns {
    private Turns() {}

    /**
     * The turn of each, from 0; what is in the cache has none to wait for.
     *
     * @param wanted of what one asks for, the most wanted first
     */
    static Map<Wanted, Integer> of(Collection<Wanted> wanted) {
        Map<String, List<Wanted>> byAsker = new LinkedHashMap<>();
        wanted.stream()
                .filter(Wanted::asked)
                .forEach(want -> byAsker.computeIfAbsent(want.asker(), asker -> new ArrayList<>())
                        .add(want));
        Map<Wanted, Integer> turns = new HashMap<>();
        byAsker.values().forEach(wants -> {
            List<Wanted> tried = wants.stream()
                    .filter(want -> !want.image().cached() && isTried(want))
                    .sorted(Comparator.comparingInt(Turns::failures))
                    .toList();
            List<Wanted> untried = wants.stream()
                    .filter(want -> !want.image().cached() && !isTried(want))
                    .toList();
            int turn = wants.size() - untried.size();
            for (Wanted want : Stream.of(untried, tried).flatMap(List::stream).toList()) {
                turns.put(want, turn++);
            }
        });
        return turns;
    }

    private static boolean isTried(Wanted want) {
        return Candidate.isMissed(want.reason()) && failures(want) > 0;
    }

    private static int failures(Wanted want) {
        return want.image().backoff().map(Backoff::failures).orElse(0);
    }
}
