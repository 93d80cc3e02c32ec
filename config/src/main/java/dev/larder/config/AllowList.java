package dev.larder.config;

import java.util.List;
import java.util.Optional;

/** {@code allow} of an upstream. */
final class AllowList {
    private AllowList() {}

    static List<String> bind(Section upstream, Optional<Registry> registry) {
        TextReader<String> reader =
                registry.equals(Optional.of(Registry.DOCKER_HUB)) ? AllowList::dockerHub : Globs::readRepositories;
        return upstream.texts("allow", reader, List.of());
    }

    /** Every repository of Docker Hub has two parts, so that a pattern with one part would allow nothing. */
    private static String dockerHub(String text) {
        String glob = Globs.readRepositories(text);
        if (!glob.contains("/") && !glob.contains("**")) {
            throw new UnexpectedText("library/" + glob + ": Docker Hub's official images are under library/");
        }
        return glob;
    }
}
