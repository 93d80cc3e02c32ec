package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code upstreams}: prefix to upstream. */
final class UpstreamsBinder {
    private static final String SHAPE = "at least one upstream, for instance {quay: {registry: quay}}";

    private UpstreamsBinder() {}

    static BoundUpstreams bind(Section file, Target target) {
        return file.require("upstreams", SHAPE)
                .flatMap(Section::open)
                .map(section -> bindAll(section, target))
                .orElse(new BoundUpstreams(Set.of(), List.of()));
    }

    private static BoundUpstreams bindAll(Section section, Target target) {
        if (section.keys().isEmpty()) {
            section.self().problem("no upstream", SHAPE);
        }
        Prefixes.check(section);
        List<Upstream> valid = new ArrayList<>();
        for (String prefix : section.keys().keySet()) {
            Optional<Entry> entry = section.get(prefix);
            entry.flatMap(value -> UpstreamBinder.bind(prefix, value, target)).ifPresent(valid::add);
        }
        return new BoundUpstreams(new LinkedHashSet<>(section.keys().keySet()), valid);
    }
}
