package dev.larder.config;

import java.time.Duration;
import java.util.List;

/** {@code lifecycle}. */
final class LifecycleBinder {
    static final List<String> KEYS = List.of("enforce", "schedule", "evict", "rules", "quotas");
    static final List<String> EVICT_KEYS =
            List.of("notPulledFor", "superseded", "failedImports", "keepNewest", "protect", "goneUpstream", "limits");
    static final List<String> LIMITS_KEYS = List.of("images", "bytes", "repositoryPercent", "cellPercent");

    /** Nothing is deleted between a client's manifest and its layers. */
    static final TextReader<Duration> TIME = Durations.atLeast(Duration.ofDays(1));

    static final int MOST = 1_000_000;

    private static final Duration NOT_PULLED_FOR = Duration.ofDays(30);
    private static final int KEEP_NEWEST = 2;
    private static final Lifecycle.Limits LIMITS = new Lifecycle.Limits(1000, 1_000_000_000_000L, 50, 10);
    private static final Lifecycle.Evict EVICT =
            new Lifecycle.Evict(NOT_PULLED_FOR, NOT_PULLED_FOR, NOT_PULLED_FOR, KEEP_NEWEST, List.of(), false, LIMITS);
    private static final Lifecycle DEFAULT = new Lifecycle(false, "rate(1 day)", EVICT, List.of(), List.of());

    private LifecycleBinder() {}

    static Lifecycle bind(Section file, BoundUpstreams upstreams) {
        return file.section("lifecycle", KEYS)
                .map(section -> new Lifecycle(
                        section.flag("enforce", DEFAULT.enforce()),
                        section.text("schedule", Schedules::read, DEFAULT.schedule()),
                        section.section("evict", EVICT_KEYS)
                                .map(evict -> evict(evict, upstreams))
                                .orElse(EVICT),
                        section.get("rules")
                                .map(entry -> RulesBinder.bind(entry, upstreams))
                                .orElse(DEFAULT.rules()),
                        section.get("quotas")
                                .map(entry -> QuotasBinder.bind(entry, upstreams))
                                .orElse(DEFAULT.quotas())))
                .orElse(DEFAULT);
    }

    private static Lifecycle.Evict evict(Section section, BoundUpstreams upstreams) {
        Duration notPulledFor = section.text("notPulledFor", TIME, NOT_PULLED_FOR);
        return new Lifecycle.Evict(
                notPulledFor,
                section.text("superseded", TIME, notPulledFor),
                section.text("failedImports", TIME, notPulledFor),
                section.number("keepNewest", 0, MOST, KEEP_NEWEST),
                section.texts("protect", Protected.reader(upstreams), EVICT.protect()),
                section.text("goneUpstream", GoneWords::read, EVICT.evictGone()),
                section.section("limits", LIMITS_KEYS)
                        .map(LifecycleBinder::limits)
                        .orElse(LIMITS));
    }

    private static Lifecycle.Limits limits(Section section) {
        return new Lifecycle.Limits(
                section.number("images", 1, MOST, LIMITS.images()),
                section.text("bytes", ByteSizes::read, LIMITS.bytes()),
                section.number("repositoryPercent", 1, 100, LIMITS.repositoryPercent()),
                section.number("cellPercent", 1, 100, LIMITS.cellPercent()));
    }
}
