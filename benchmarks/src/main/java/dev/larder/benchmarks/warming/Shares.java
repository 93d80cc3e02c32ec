package dev.larder.benchmarks.warming;

import java.util.Locale;

/**
 * What a demand is like.
 *
 * @param workloads at any time
 * @param latest of them follow {@code latest}; this and the next four add up to 1
 * @param major such as {@code 1}
 * @param minor such as {@code 1.27}
 * @param exact such as {@code 1.27.3}
 * @param variant such as {@code 1.27-alpine}
 * @param zipf exponent of the repositories' popularity
 * @param ci of the workloads are pipelines, on a fresh machine each time
 * @param nodeDays how long a node lives, on average: each of a service's pods is pulled anew so often
 * @param quickDays 40 % of the workloads take a new version after so many days, on average; 40 % after four times, 20 %
 *     after fifteen times as many
 * @param lifeDays how long a workload lives, on average
 */
record Shares(
        int workloads,
        double latest,
        double major,
        double minor,
        double exact,
        double variant,
        double zipf,
        double ci,
        double nodeDays,
        double quickDays,
        double lifeDays) {
    /** The demand if nothing else is said: a platform team's clusters. */
    static final Shares DEFAULT = new Shares(500, 0.15, 0.15, 0.2, 0.3, 0.2, 1.0, 0.15, 3, 2, 270);

    /** How often each class of workloads looks for a new version, as a multiple of {@link #quickDays}. */
    static final double QUICK = 1;

    static final double STEADY = 4;
    static final double SLOW = 15;

    /** Of the workloads, 40 % are quick, 40 % steady, 20 % slow. */
    static final double ARE_QUICK = 0.4;

    static final double ARE_QUICK_OR_STEADY = 0.8;

    /** Of those that do not follow {@code latest}, so many take any version; the others the newest of a line. */
    static final double TAKE_ANY = 0.4;

    /** Of the new versions, so many are taken from beyond the line. */
    static final double LEAVE_THE_LINE = 0.05;

    /** @throws IllegalArgumentException when there are no workloads, or the shares do not add up */
    Shares {
        if (workloads < 1) {
            throw new IllegalArgumentException("a demand of " + workloads + " workloads; expected at least 1");
        }
        if (Math.abs(latest + major + minor + exact + variant - 1) > 1e-9) {
            throw new IllegalArgumentException(
                    "the shares of tags add up to " + (latest + major + minor + exact + variant) + "; expected 1");
        }
    }

    /** The same but for the number of workloads. */
    Shares with(int number) {
        return new Shares(number, latest, major, minor, exact, variant, zipf, ci, nodeDays, quickDays, lifeDays);
    }

    /** All of it, for people. */
    String inWords() {
        return String.format(
                Locale.ROOT,
                "%,d workloads at any time, each living %.0f days on average, over repositories by Zipf(%.1f)."
                        + " %.0f %% follow latest, %.0f %% a major version, %.0f %% a minor one, %.0f %% an exact one,"
                        + " %.0f %% a variant's tag; where a repository has no such tag, the nearest; %.0f %% of"
                        + " those with a version the newest of a line, the others any. %.0f %% are pipelines on fresh"
                        + " machines, some 10 pulls a day, a tenth at weekends; the others services of some 3"
                        + " replicas on nodes that live %.0f days, six tenths at weekends. Who has a version takes"
                        + " the newest of its line some days after it is out: %.0f %% after %.0f days on average,"
                        + " %.0f %% after %.0f, %.0f %% after %.0f; one of %.0f leaves the line. A rollout pulls all"
                        + " replicas within half an hour. Seven pulls in ten are in working hours (about 13:00 UTC).",
                workloads,
                lifeDays,
                zipf,
                100 * latest,
                100 * major,
                100 * minor,
                100 * exact,
                100 * variant,
                100 * (1 - TAKE_ANY),
                100 * ci,
                nodeDays,
                100 * ARE_QUICK,
                QUICK * quickDays,
                100 * (ARE_QUICK_OR_STEADY - ARE_QUICK),
                STEADY * quickDays,
                100 * (1 - ARE_QUICK_OR_STEADY),
                SLOW * quickDays,
                1 / LEAVE_THE_LINE);
    }
}
