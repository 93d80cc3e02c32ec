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

    static Warm bind(Section file) {
        return file.section("warm", KEYS).map(section -> warm(section, file)).orElse(DEFAULT);
    }

    private static Warm warm(Section section, Section file) {
        return new Warm(
                section.text("schedule", Schedules::read, DEFAULT.schedule()),
                section.texts("platforms", Platforms::read, DEFAULT.platforms()),
                section.get("pins").map(entry -> Pins.bind(entry, file)).orElse(DEFAULT.pins()),
                section.section("popular", POPULAR_KEYS)
                        .map(WarmBinder::popular)
                        .orElse(POPULAR));
    }

    private static Warm.Popular popular(Section section) {
        return new Warm.Popular(
                section.number("top", 0, MOST, POPULAR.top()),
                section.number("minimumPulls", 1, MOST, POPULAR.minimumPulls()),
                section.text("within", Durations::read, POPULAR.within()));
    }
}
