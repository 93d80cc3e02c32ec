package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws a demand from a seed, day by day: workloads come and go, nodes are replaced, pipelines run in working hours, and
 * whoever pins a version takes a newer one of the same line some days after it is out.
 */
final class Clusters {
    private static final long DAY = 86_400;

    private final World world;
    private final Shares shares;
    private final Random random;
    private final BitSet offered;
    private final List<Integer> ranking = new ArrayList<>();
    private final double[] zipf;
    private final List<Workload> workloads = new ArrayList<>();
    private final Pulls pulls = new Pulls();

    private Clusters(World world, Shares shares, long seed) {
        this.world = world;
        this.shares = shares;
        this.random = new Random(seed);
        this.offered = new BitSet(world.tags.size());
        for (int i = 0; i < world.repositories.size(); i++) {
            ranking.add(i);
        }
        java.util.Collections.shuffle(ranking, random);
        zipf = new double[ranking.size()];
        double sum = 0;
        for (int i = 0; i < zipf.length; i++) {
            sum += 1 / Math.pow(i + 1, shares.zipf());
            zipf[i] = sum;
        }
    }

    static Pulls draw(World world, Shares shares, long seed) {
        return new Clusters(world, shares, seed).draw();
    }

    private Pulls draw() {
        long first = world.begins.getEpochSecond();
        int change = 0;
        for (long day = first; day < world.ends.getEpochSecond(); day += DAY) {
            for (; change < world.changedAt.length && world.changedAt[change] <= day; change++) {
                offered.set(
                        world.changedTag[change],
                        world.kinds[change] != TagChanges.Kind.REMOVED && world.linux.get(world.changedTo[change]));
            }
            long today = day;
            workloads.removeIf(workload -> workload.dies <= today);
            while (workloads.size() < shares.workloads()) {
                workloads.add(born(day));
            }
            workloads.forEach(workload -> live(workload, today));
        }
        pulls.sort();
        return pulls;
    }

    private void live(Workload workload, long day) {
        if (random.nextDouble() < 1 / workload.reviewDays) {
            int newer = newer(workload);
            if (newer != workload.tag) {
                workload.tag = newer;
                long rollout = day + (long) (DAY * (8 + 9 * random.nextDouble()) / 24);
                for (int i = 0; i < workload.replicas; i++) {
                    pulls.add(rollout + random.nextInt(1800), workload.tag);
                }
            }
        }
        DayOfWeek weekday = Instant.ofEpochSecond(day).atZone(ZoneOffset.UTC).getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        double factor = !weekend ? 1 : workload.ci ? 0.1 : 0.6;
        int count = poisson(workload.pullsPerDay * factor);
        for (int i = 0; i < count; i++) {
            pulls.add(day + timeOfDay(), workload.tag);
        }
    }

    /** Seven in ten in working hours, the others at any time. */
    private long timeOfDay() {
        double hours = random.nextDouble() < 0.7 ? 13 + 3.5 * random.nextGaussian() : 24 * random.nextDouble();
        return (long) (Math.clamp(hours, 0, 23.99) * 3600);
    }

    private Workload born(long day) {
        while (true) {
            int found = java.util.Arrays.binarySearch(zipf, random.nextDouble() * zipf[zipf.length - 1]);
            int repository = ranking.get(Math.min(found < 0 ? -found - 1 : found, zipf.length - 1));
            Optional<Integer> tag = choose(repository);
            if (tag.isEmpty()) {
                continue;
            }
            boolean ci = random.nextDouble() < shares.ci();
            int replicas = (int) Math.clamp(Math.round(3 * Math.exp(random.nextGaussian())), 1, 60);
            double perDay = ci ? 10 * Math.exp(random.nextGaussian()) : replicas / shares.nodeDays();
            double speed = random.nextDouble();
            double review = shares.quickDays() * (speed < 0.4 ? 1 : speed < 0.8 ? 4 : 15);
            long dies = day + (long) (-Math.log(1 - random.nextDouble()) * shares.lifeDays() * DAY);
            return new Workload(repository, tag.get(), ci, perDay, ci ? 1 : replicas, review, dies);
        }
    }

    /** A tag in the style that the workload follows; as near to it as the repository has. */
    private Optional<Integer> choose(int repository) {
        List<Integer> available =
                world.tagsOf.get(repository).stream().filter(offered::get).toList();
        if (available.isEmpty()) {
            return Optional.empty();
        }
        double style = random.nextDouble();
        if (style < shares.latest()) {
            Optional<Integer> latest = available.stream()
                    .filter(tag -> world.tags.get(tag).tag().value().equals("latest"))
                    .findFirst();
            if (latest.isPresent()) {
                return latest;
            }
        }
        boolean variant = style >= 1 - shares.variant();
        List<Integer> versioned = available.stream()
                .filter(tag -> world.versions.get(tag).isPresent()
                        && variant == world.tags.get(tag).tag().value().contains("-"))
                .toList();
        if (versioned.isEmpty()) {
            return Optional.of(available.get(random.nextInt(available.size())));
        }
        List<Integer> precise = variant ? versioned : ofStyle(versioned, style - shares.latest());
        if (random.nextDouble() < 0.4) {
            return Optional.of(precise.get(random.nextInt(precise.size())));
        }
        VersionTag any = version(precise.get(random.nextInt(precise.size())));
        return precise.stream()
                .filter(tag -> version(tag).family().equals(any.family()))
                .max(Comparator.comparing(this::version));
    }

    private List<Integer> ofStyle(List<Integer> versioned, double style) {
        int most = versioned.stream()
                .mapToInt(tag -> version(tag).versions())
                .max()
                .orElse(1);
        int wanted = style < shares.major() ? 1 : style < shares.major() + shares.minor() ? Math.min(2, most) : most;
        List<Integer> precise = versioned.stream()
                .filter(tag -> version(tag).versions() == wanted)
                .toList();
        return precise.isEmpty() ? versioned : precise;
    }

    /** The newest version of the line that is out, now and then of the whole family. */
    private int newer(Workload workload) {
        Optional<VersionTag> own = world.versions.get(workload.tag);
        if (own.isEmpty()) {
            return workload.tag;
        }
        int keep = random.nextDouble() < 0.05 ? 0 : own.get().versions() - 1;
        return world.tagsOf.get(workload.repository).stream()
                .filter(offered::get)
                .filter(tag -> world.versions
                        .get(tag)
                        .filter(version -> version.family().equals(own.get().family())
                                && version.numbers()
                                        .subList(0, keep)
                                        .equals(own.get().numbers().subList(0, keep))
                                && version.compareTo(own.get()) > 0)
                        .isPresent())
                .max(Comparator.comparing(this::version))
                .orElse(workload.tag);
    }

    private VersionTag version(int tag) {
        return world.versions.get(tag).orElseThrow();
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
