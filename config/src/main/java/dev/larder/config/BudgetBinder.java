package dev.larder.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code budget} of an upstream. */
final class BudgetBinder {
    static final List<String> KEYS = List.of("pulls", "per", "reserve", "counts");

    private static final int MOST_PULLS = 1_000_000_000;
    private static final int RESERVE = 50;

    private BudgetBinder() {}

    static Optional<Budget> bind(Section section, Optional<Registry> registry) {
        Optional<Integer> pulls = section.require("pulls", "how many pulls the upstream allows")
                .flatMap(entry -> entry.number(1, MOST_PULLS));
        Optional<Duration> per = section.require("per", "the time that the pulls are for, such as 6h")
                .flatMap(entry -> entry.text(Durations::read));
        int reserve = section.text("reserve", Percents::read, RESERVE);
        Budget.Counts counts = section.text(
                "counts", CountsWords::read, registry.map(Budget.Counts::usual).orElse(Budget.Counts.REQUESTS));
        return pulls.flatMap(count -> per.map(window -> new Budget(count, window, reserve, counts)));
    }
}
