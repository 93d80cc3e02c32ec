package dev.larder.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code lifecycle.rules}: what differs from {@code lifecycle.evict} for some repositories. */
final class RulesBinder {
    static final List<String> KEYS =
            List.of("match", "notPulledFor", "superseded", "failedImports", "keepNewest", "goneUpstream", "protect");

    private static final String EVERYTHING = "**";

    private RulesBinder() {}

    static List<Lifecycle.Rule> bind(Entry list, BoundUpstreams upstreams) {
        List<Lifecycle.Rule> rules = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Entry item : list.list()) {
            Section.of(item, KEYS)
                    .flatMap(section -> rule(section, new Matches("rule", upstreams, seen)))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private static Optional<Lifecycle.Rule> rule(Section section, Matches matches) {
        Optional<String> match = matches.read(section);
        if (match.filter(EVERYTHING::equals).isPresent()) {
            section.get("match")
                    .ifPresent(entry -> entry.expected(
                            "some of the repositories: what holds for all of them is in lifecycle.evict"));
        }
        if (section.keys().keySet().equals(Set.of("match"))) {
            section.self()
                    .problem(
                            "a rule with nothing but its match",
                            "what differs from lifecycle.evict there: one" + " of "
                                    + String.join(", ", KEYS.subList(1, KEYS.size())));
        }
        Optional<Duration> notPulledFor = time(section, "notPulledFor");
        Optional<Duration> superseded = time(section, "superseded");
        Optional<Duration> failedImports = time(section, "failedImports");
        Optional<Integer> keepNewest =
                section.get("keepNewest").flatMap(entry -> entry.number(0, LifecycleBinder.MOST));
        Optional<Boolean> evictGone = section.get("goneUpstream").flatMap(entry -> entry.text(GoneWords::read));
        List<String> protect = section.texts("protect", Protected.reader(matches.upstreams()), List.of());
        return match.map(glob -> new Lifecycle.Rule(
                glob,
                notPulledFor,
                superseded,
                failedImports,
                keepNewest.map(OptionalInt::of).orElse(OptionalInt.empty()),
                evictGone,
                protect));
    }

    private static Optional<Duration> time(Section section, String key) {
        return section.get(key).flatMap(entry -> entry.text(LifecycleBinder.TIME));
    }
}
