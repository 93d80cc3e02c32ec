package dev.larder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as people read them: in UTC, with their age. */
final class Ages {
    private Ages() {}

    static String of(Optional<Instant> time, Instant now) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS) + " (" + age(Duration.between(t, now)) + ")")
                .orElse("never");
    }

    private static String age(Duration age) {
        if (age.isNegative()) {
            return "in " + rough(age.negated());
        }
        return rough(age) + " ago";
    }

    /** To the largest unit: 49 hours are {@code 2 d}. */
    static String rough(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
