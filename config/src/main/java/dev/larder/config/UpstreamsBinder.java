package dev.larder.config;

import java.util.ArrayList;
import java.util.List;

/** {@code upstreams}: prefix to upstream. */
final class UpstreamsBinder {
    private static final String SHAPE = "at least one upstream, for instance {quay: {registry: quay}}";

    private UpstreamsBinder() {}

    static List<Upstream> bind(Section file, Target target) {
        List<Upstream> upstreams = new ArrayList<>();
        file.require("upstreams", SHAPE).flatMap(Section::open).ifPresent(section -> {
            if (section.keys().isEmpty()) {
                section.self().problem("no upstream", SHAPE);
            }
            Prefixes.check(section);
            section.keys()
                    .forEach((prefix, key) -> section.get(prefix)
                            .flatMap(entry -> UpstreamBinder.bind(prefix, entry, target))
                            .ifPresent(upstreams::add));
        });
        return upstreams;
    }
}
