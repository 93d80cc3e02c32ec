package dev.larder.benchmarks.warming;

/**
 * Pulls, every day at the same time, the images that were pulled most in the last days: what people script by hand. It is
 * an idealized one: it is never late and never fails, no limit of the upstream holds for it, it knows all pulls, and each
 * of its checks falls on the very second at which the one of the day before runs out. {@link PacedRepull} does not.
 */
final class DailyRepull implements Strategy {
    static final long DAY = 86_400;

    /** Five in the morning (UTC), before people come. */
    private static final long TIME_OF_DAY = 5 * 3600;

    private final Ecr ecr;
    private final int top;
    private final MostPulled most = new MostPulled();
    private long wakes;

    DailyRepull(Ecr ecr, int top, long begins) {
        this.ecr = ecr;
        this.top = top;
        wakes = first(begins);
    }

    /** When the first re-pull is. */
    static long first(long begins) {
        return begins / DAY * DAY + DAY + TIME_OF_DAY;
    }

    @Override
    public long wakes() {
        return wakes;
    }

    @Override
    public void act(long now) {
        most.best(top).forEach(tag -> ecr.fetch(tag, now));
        most.dayIsOver();
        wakes += DAY;
    }

    @Override
    public void pulled(int tag, long time, Ecr.Outcome outcome) {
        most.pulled(tag);
    }
}
