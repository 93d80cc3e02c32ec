package dev.larder.config;

import java.util.List;
import java.util.Optional;

/** The file as a whole. */
final class FileBinder {
    static final List<String> KEYS = List.of("name", "cells", "upstreams", "usage", "warm", "lifecycle");

    private FileBinder() {}

    /** Empty, with problems added, when something that has no default is missing or wrong. */
    static Optional<LarderConfig> bind(Entry root, Target target) {
        return Section.of(root, KEYS).flatMap(file -> bind(file, target));
    }

    private static Optional<LarderConfig> bind(Section file, Target target) {
        Optional<String> name =
                file.require("name", StackNames.EXPECTED).flatMap(entry -> entry.text(StackNames::read));
        List<Cell> cells = CellsBinder.bind(file);
        List<Upstream> upstreams = UpstreamsBinder.bind(file, target);
        Usage usage = UsageBinder.bind(file);
        Warm warm = WarmBinder.bind(file);
        Lifecycle lifecycle = LifecycleBinder.bind(file);
        return name.map(value -> new LarderConfig(value, cells, upstreams, usage, warm, lifecycle));
    }
}
