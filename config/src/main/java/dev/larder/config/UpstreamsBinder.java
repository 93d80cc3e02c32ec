package dev.larder.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code upstreams}: prefix to upstream. */
final class UpstreamsBinder {
    private static final String SHAPE = "at least one upstream, for instance {quay: {registry: quay}}";

    private UpstreamsBinder() {}

    static BoundUpstreams bind(Section file, Target target, List<Cell> cells) {
        return file.require("upstreams", SHAPE)
                .flatMap(Section::open)
                .map(section -> bindAll(section, target, cells))
                .orElse(new BoundUpstreams(Set.of(), List.of(), Map.of()));
    }

    private static BoundUpstreams bindAll(Section section, Target target, List<Cell> cells) {
        if (section.keys().isEmpty()) {
            section.self().problem("no upstream", SHAPE);
        }
        Prefixes.check(section);
        Map<String, RepositoryKeys> repositories = new HashMap<>();
        List<Upstream> valid = new ArrayList<>();
        for (String prefix : section.keys().keySet()) {
            Optional<Entry> entry = section.get(prefix);
            entry.flatMap(value -> Section.of(value, UpstreamBinder.KEYS)).ifPresent(upstream -> {
                UpstreamBinder.bind(prefix, upstream, target).ifPresent(valid::add);
                repositories.put(prefix, RepositoriesBinder.bind(upstream, cells));
            });
        }
        return new BoundUpstreams(new LinkedHashSet<>(section.keys().keySet()), valid, repositories);
    }
}
