package dev.larder.domain.warming;

import dev.larder.events.WarmReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps warm what is pulled.
 *
 * @param top at most so many images
 * @param minimumPulls each pulled at least so often
 * @param within within this time, by whole days (UTC); what was not pulled for so long is not popular
 */
public record Popular(int top, long minimumPulls, Duration within) {
    private static final Duration DAY = Duration.ofDays(1);

    /** What is to be done for them before the next plan. */
    Stream<Candidate> among(Collection<Known> images, Freshness freshness, Instant now) {
        Collection<Known> popular =
                images.stream().filter(image -> is(image, now)).toList();
        if (popular.size() > top) {
            Map<Known, Double> chances =
                    popular.stream().collect(Collectors.toMap(Function.identity(), image -> chance(image, now)));
            popular = popular.stream()
                    .sorted(Comparator.comparingDouble((Known image) -> -chances.getOrDefault(image, 0.0))
                            .thenComparing(image -> image.image().toString()))
                    .limit(top)
                    .toList();
        }
        return popular.stream()
                .filter(image -> freshness.isDue(image, now))
                .map(image -> freshness.candidate(
                        image,
                        WarmReason.POPULAR,
                        false,
                        chance(image, now),
                        image.demand()
                                .map(demand -> pulls(demand, now) + " pulls")
                                .orElse(""),
                        now));
    }

    private boolean is(Known image, Instant now) {
        return image.demand()
                .filter(demand -> !demand.last().isBefore(now.minus(within)) && pulls(demand, now) >= minimumPulls)
                .isPresent();
    }

    private long pulls(Demand demand, Instant now) {
        return demand.pullsSince(LocalDate.ofInstant(now.minus(within), ZoneOffset.UTC));
    }

    private static double chance(Known image, Instant now) {
        return image.demand().map(demand -> demand.within(DAY, now)).orElse(0.0);
    }
}
