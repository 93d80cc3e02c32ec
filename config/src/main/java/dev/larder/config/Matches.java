package dev.larder.config;

import java.util.Map;
import java.util.Optional;

/**
 * The {@code match} of rules and quotas: a glob over cached repositories, each in a list once.
 *
 * @param what has it
 * @param seen globs of the items before, and the paths of these
 */
record Matches(String what, BoundUpstreams upstreams, Map<String, String> seen) {
    private static final String EXPECTED =
            "a pattern of repositories with their upstream's prefix, such as docker-hub/library/**";

    Optional<String> read(Section item) {
        Optional<Entry> entry = item.require("match", EXPECTED);
        Optional<String> match = entry.flatMap(value -> value.text(this::check));
        match.ifPresent(glob -> {
            String before = seen.putIfAbsent(glob, item.self().path());
            if (before != null) {
                entry.ifPresent(value -> value.problem(
                        value.found() + " a second time",
                        "each match once: it is in " + before + "; remove one of the two"));
            }
        });
        return match;
    }

    private String check(String text) {
        if (!Globs.isOfRepositories(text)) {
            throw new UnexpectedText(EXPECTED);
        }
        if (upstreams.prefixes().stream().noneMatch(prefix -> Globs.reaches(text, prefix + "/"))) {
            throw Repositories.outside("a " + what + " for repositories", upstreams);
        }
        return text;
    }
}
