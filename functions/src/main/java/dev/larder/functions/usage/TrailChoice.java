package dev.larder.functions.usage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of an account's trails speaks for it, once each has been read. */
final class TrailChoice {
    private TrailChoice() {}

    /**
     * The one that has logged longest; without one that logs, a trail that could not be read leaves it open whether
     * there is one; then the one that was stopped last.
     *
     * @param trails what was found of each trail
     */
    static TrailState of(List<TrailState> trails) {
        Optional<TrailState> logging = only(trails, TrailState.Logging.class)
                .min(Comparator.comparing(TrailState.Logging::since).thenComparing(TrailState.Logging::trail))
                .map(TrailState.class::cast);
        return logging.or(() ->
                        only(trails, TrailState.Unreadable.class).findFirst().map(TrailState.class::cast))
                .or(() -> only(trails, TrailState.Stopped.class)
                        .max(Comparator.comparing((TrailState.Stopped stopped) ->
                                        stopped.since().orElse(Instant.MIN))
                                .thenComparing(TrailState.Stopped::trail))
                        .map(TrailState.class::cast))
                .orElseGet(TrailState.None::new);
    }

    private static <T extends TrailState> Stream<T> only(List<TrailState> trails, Class<T> type) {
        return trails.stream().filter(type::isInstance).map(type::cast);
    }
}
