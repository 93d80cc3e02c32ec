package dev.larder.benchmarks.warming;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws a demand from a seed, day by day (UTC): workloads come and go, nodes are replaced, pipelines run in working hours,
 * and whoever pins a version takes a newer one of the same line some days after it is out. The same seed, shares and
 * record give the same pulls.
 */
final class Clusters {
    private static final long DAY = 86_400;

    /** At most so many pulls of a workload a day, on average. */
    private static final double MOST_PULLS = 500;

    private final World world;
    private final Shares shares;
    private final Random random;
    private final Zipf repositories;
    private final Offer offer;
    private final TagChoice choice;
    private final List<Workload> workloads = new ArrayList<>();
    private final Pulls pulls = new Pulls();

    private Clusters(World world, Shares shares, long seed) {
        this.world = world;
        this.shares = shares;
        random = new Random(seed);
        repositories = new Zipf(world.repositories(), shares.zipf(), random);
        offer = new Offer(world);
        choice = new TagChoice(world, offer, shares, random);
    }

    /** The pulls on all whole days of a record, in order of time. */
    static Pulls draw(World world, Shares shares, long seed) {
        return new Clusters(world, shares, seed).draw();
    }

    private Pulls draw() {
        long first = Math.ceilDiv(world.begins().getEpochSecond(), DAY);
        long last = world.ends().getEpochSecond() / DAY;
        for (long day = first; day < last; day++) {
            live(day);
        }
        pulls.sort();
        return pulls;
    }

    private void live(long day) {
        long begins = day * DAY;
        offer.until(begins);
        workloads.removeIf(workload -> workload.isOver(begins));
        while (workloads.size() < shares.workloads() && !offer.isEmpty()) {
            workloads.add(born(begins));
        }
        DayOfWeek weekday = LocalDate.ofEpochDay(day).getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        workloads.forEach(workload -> live(workload, begins, weekend));
    }

    private void live(Workload workload, long begins, boolean weekend) {
        if (random.nextDouble() < 1 / workload.reviewDays()) {
            int newer = choice.next(workload.tag());
            if (newer != workload.tag()) {
                workload.follow(newer);
                rollOut(workload, begins + (long) (DAY * (8 + 9 * random.nextDouble()) / 24));
            }
        }
        int count = poisson(workload.pulls(weekend));
        for (int i = 0; i < count; i++) {
            pulls.add(begins + timeOfDay(), workload.tag());
        }
    }

    private void rollOut(Workload workload, long time) {
        for (int i = 0; i < workload.replicas(); i++) {
            pulls.add(time + random.nextInt(1800), workload.tag());
        }
    }

    /** Seven in ten in working hours, the others at any time. */
    private long timeOfDay() {
        double hours = random.nextDouble() < 0.7 ? 13 + 3.5 * random.nextGaussian() : 24 * random.nextDouble();
        return (long) (Math.clamp(hours, 0, 23.99) * 3600);
    }

    private Workload born(long now) {
        Optional<Integer> tag = choice.first(repositories.draw());
        while (tag.isEmpty()) {
            tag = choice.first(repositories.draw());
        }
        boolean pipeline = random.nextDouble() < shares.ci();
        int replicas = Math.clamp(Math.round(3 * Math.exp(random.nextGaussian())), 1, 60);
        double perDay = pipeline ? 10 * Math.exp(random.nextGaussian()) : replicas / shares.nodeDays();
        double speed = random.nextDouble();
        double times = speed < Shares.ARE_QUICK
                ? Shares.QUICK
                : speed < Shares.ARE_QUICK_OR_STEADY ? Shares.STEADY : Shares.SLOW;
        long dies = now + (long) (-Math.log(1 - random.nextDouble()) * shares.lifeDays() * DAY);
        return new Workload(
                tag.get(),
                pipeline,
                Math.min(perDay, MOST_PULLS),
                pipeline ? 1 : replicas,
                shares.quickDays() * times,
                dies);
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
