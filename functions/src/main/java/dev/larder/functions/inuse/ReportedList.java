package dev.larder.functions.inuse;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * That a cluster has reported which images it uses.
 *
 * @param cluster its name: 1 to 100 letters, digits, {@code _ . -}
 * @param listedAt when
 * @param freshUntil until when it is believed; afterwards nobody knows what the cluster uses, until it reports again or
 *     its list is removed
 * @param images how many
 */
public record ReportedList(String cluster, Instant listedAt, Instant freshUntil, int images) {
    /** So far ahead of Larder's a cluster's clock may be, as AWS takes the signatures of its calls. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    /** @throws IllegalArgumentException when the name is none */
    public ReportedList {
        if (!NAME.matcher(cluster).matches()) {
            throw new IllegalArgumentException("not a cluster's name: '" + cluster
                    + "'; expected 1 to 100 letters, digits, _ . -, the first a letter or digit");
        }
    }

    /** How long it was to be believed. */
    public Duration time() {
        return Duration.between(listedAt, freshUntil);
    }

    /** Whether it is dated in the future: nobody knows how old it is. */
    public boolean isAhead(Instant now) {
        return listedAt.isAfter(now.plus(AHEAD));
    }

    /** Whether it is too old to be believed. */
    public boolean isStale(Instant now) {
        return !now.isBefore(freshUntil);
    }
}
