package dev.larder.config;

import java.time.Duration;
import java.util.List;

/** {@code lifecycle}. */
final class LifecycleBinder {
    static final List<String> KEYS = List.of("enforce", "schedule", "evict");
    static final List<String> EVICT_KEYS = List.of("notPulledFor", "keepNewest", "protect", "limits");
    static final List<String> LIMITS_KEYS = List.of("images", "bytes", "repositoryPercent");

    private static final int MOST = 1_000_000;
    private static final Lifecycle.Limits LIMITS = new Lifecycle.Limits(1000, 1_000_000_000_000L, 50);
    private static final Lifecycle.Evict EVICT = new Lifecycle.Evict(Duration.ofDays(30), 2, List.of(), LIMITS);
    private static final Lifecycle DEFAULT = new Lifecycle(false, "rate(1 day)", EVICT);

    private LifecycleBinder() {}

    static Lifecycle bind(Section file) {
        return file.section("lifecycle", KEYS)
                .map(section -> new Lifecycle(
                        section.flag("enforce", DEFAULT.enforce()),
                        section.text("schedule", Schedules::read, DEFAULT.schedule()),
                        section.section("evict", EVICT_KEYS)
                                .map(LifecycleBinder::evict)
                                .orElse(EVICT)))
                .orElse(DEFAULT);
    }

    private static Lifecycle.Evict evict(Section section) {
        return new Lifecycle.Evict(
                section.text("notPulledFor", Durations.atLeast(Duration.ofDays(1)), EVICT.notPulledFor()),
                section.number("keepNewest", 0, MOST, EVICT.keepNewest()),
                section.texts("protect", Globs::readImages, EVICT.protect()),
                section.section("limits", LIMITS_KEYS)
                        .map(LifecycleBinder::limits)
                        .orElse(LIMITS));
    }

    private static Lifecycle.Limits limits(Section section) {
        return new Lifecycle.Limits(
                section.number("images", 1, MOST, LIMITS.images()),
                section.text("bytes", ByteSizes::read, LIMITS.bytes()),
                section.number("repositoryPercent", 1, 100, LIMITS.repositoryPercent()));
    }
}
