package dev.larder.config;

import java.time.Duration;
import java.util.List;

/** {@code usage}. */
final class UsageBinder {
    static final List<String> KEYS = List.of("halfLife", "exclude", "teams");

    private static final Usage DEFAULT = new Usage(Duration.ofDays(7), List.of());

    private UsageBinder() {}

    static Usage bind(Section file) {
        return file.section("usage", KEYS)
                .map(section -> new Usage(
                        section.text("halfLife", Durations.atLeast(Duration.ofHours(1)), DEFAULT.halfLife()),
                        section.get("exclude").map(Principals::bind).orElse(DEFAULT.exclude()),
                        section.get("teams").map(Teams::bind).orElse(DEFAULT.teams())))
                .orElse(DEFAULT);
    }
}
