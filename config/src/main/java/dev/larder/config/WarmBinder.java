package dev.larder.config;

import java.time.Duration;
import java.util.List;

/** {@code warm}. */
final class WarmBinder {
    static final List<String> KEYS =
            List.of("schedule", "platforms", "pins", "track", "popular", "limits", "cells", "substitutes");
    static final List<String> POPULAR_KEYS = List.of("top", "minimumPulls", "within");
    static final List<String> LIMITS_KEYS = List.of("images", "bytes");

    private static final int MOST = 1_000_000;
    private static final Warm.Popular POPULAR = new Warm.Popular(1000, 2, Duration.ofDays(14));
    private static final Warm DEFAULT = new Warm(
            "rate(15 minutes)",
            List.of("linux/amd64"),
            List.of(),
            List.of(),
            POPULAR,
            Warm.Limits.DEFAULT,
            List.of(),
            List.of());

    private WarmBinder() {}

    static Warm bind(Section file, BoundUpstreams upstreams, List<Cell> cells) {
        return file.section("warm", KEYS)
                .map(section -> warm(section, upstreams, cells))
                .orElse(DEFAULT);
    }

    private static Warm warm(Section section, BoundUpstreams upstreams, List<Cell> cells) {
        return new Warm(
                section.text("schedule", Schedules::read, DEFAULT.schedule()),
                platforms(section),
                section.texts("pins", Pins.reader(upstreams), DEFAULT.pins()),
                section.get("track")
                        .map(entry -> TrackBinder.bind(entry, upstreams))
                        .orElse(DEFAULT.tracks()),
                section.section("popular", POPULAR_KEYS)
                        .map(WarmBinder::popular)
                        .orElse(POPULAR),
                section.section("limits", LIMITS_KEYS).map(WarmBinder::limits).orElse(Warm.Limits.DEFAULT),
                section.get("cells").map(entry -> WarmCells.bind(entry, cells)).orElse(DEFAULT.cells()),
                section.get("substitutes")
                        .map(entry -> SubstituteBinder.bind(entry, upstreams))
                        .orElse(DEFAULT.substitutes()));
    }

    private static List<String> platforms(Section section) {
        return section.get("platforms")
                .map(entry -> entry.atLeastOne(Platforms::read, "at least one platform, such as linux/amd64"))
                .orElse(DEFAULT.platforms());
    }

    private static Warm.Popular popular(Section section) {
        return new Warm.Popular(
                section.number("top", 0, MOST, POPULAR.top()),
                section.number("minimumPulls", 1, MOST, POPULAR.minimumPulls()),
                section.text("within", Durations.atMost(Warm.Popular.LONGEST), POPULAR.within()));
    }

    private static Warm.Limits limits(Section section) {
        return new Warm.Limits(
                section.number("images", 1, MOST, Warm.Limits.DEFAULT.imagesPerRun()),
                section.text("bytes", ByteSizes::read, Warm.Limits.DEFAULT.bytesPerDay()));
    }
}
