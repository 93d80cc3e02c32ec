package dev.larder.config;

import java.util.List;
import java.util.Optional;

/** The file as a whole. */
final class FileBinder {
    static final List<String> KEYS =
            List.of("name", "cells", "upstreams", "usage", "warm", "lifecycle", "repositories", "prices");

    private FileBinder() {}

    /** Empty, with problems added, when something that has no default is missing or wrong. */
    static Optional<LarderConfig> bind(Entry root, Target target) {
        return Section.of(root, KEYS).flatMap(file -> bind(file, target));
    }

    private static Optional<LarderConfig> bind(Section file, Target target) {
        Optional<Entry> nameEntry = file.require("name", StackNames.EXPECTED);
        Optional<String> name = nameEntry.flatMap(entry -> entry.text(StackNames::read));
        List<Cell> cells = CellsBinder.bind(file);
        name.ifPresent(text -> StackNames.checkRoles(text, cells, nameEntry.orElseThrow()));
        BoundUpstreams upstreams = UpstreamsBinder.bind(file, target, cells);
        RepositoryKeys repositories = RepositoriesBinder.bind(file, cells);
        Usage usage = UsageBinder.bind(file);
        Warm warm = WarmBinder.bind(file, upstreams, cells);
        Lifecycle lifecycle = LifecycleBinder.bind(file, upstreams);
        Prices prices = PricesBinder.bind(file);
        if (name.isEmpty() || !file.self().problems().all().isEmpty()) {
            return Optional.empty();
        }
        LarderConfig config = new LarderConfig(
                name.get(),
                cells,
                upstreams.valid(),
                usage,
                warm,
                lifecycle,
                RepositoriesBinder.join(upstreams, repositories),
                prices);
        EnvironmentSize.check(config, file);
        return Optional.of(config);
    }
}
