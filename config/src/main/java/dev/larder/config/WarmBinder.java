package dev.larder.config;

import java.time.Duration;
import java.util.List;

/** {@code warm}. */
final class WarmBinder {
    static final List<String> KEYS = List.of("schedule", "platforms", "pins", "popular");
    static final List<String> POPULAR_KEYS = List.of("top", "minimumPulls", "within");

    private static final int MOST = 1_000_000;
    private static final Warm.Popular POPULAR = new Warm.Popular(200, 3, Duration.ofDays(14));
    private static final Warm DEFAULT = new Warm("rate(1 hour)", List.of("linux/amd64"), List.of(), POPULAR);

    private WarmBinder() {}

    static Warm bind(Section file, BoundUpstreams upstreams) {
        return file.section("warm", KEYS)
                .map(section -> warm(section, upstreams))
                .orElse(DEFAULT);
    }

    private static Warm warm(Section section, BoundUpstreams upstreams) {
        return new Warm(
                section.text("schedule", Schedules::read, DEFAULT.schedule()),
                platforms(section),
                section.texts("pins", Pins.reader(upstreams), DEFAULT.pins()),
                section.section("popular", POPULAR_KEYS)
                        .map(WarmBinder::popular)
                        .orElse(POPULAR));
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
                section.text("within", Durations::read, POPULAR.within()));
    }
}
