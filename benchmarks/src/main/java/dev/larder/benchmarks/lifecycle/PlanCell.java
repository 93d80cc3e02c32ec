package dev.larder.benchmarks.lifecycle;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Selection;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.lifecycle.Eviction;
import dev.larder.functions.lifecycle.LifecyclePlanning;
import dev.larder.functions.lifecycle.PlannedRepository;
import dev.larder.functions.lifecycle.RepositoryReading;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the plan of a whole cell takes beside ECR's and DynamoDB's own time: every repository is read once and planned, and
 * what goes is selected. Runs itself again in a JVM with a heap of 512 MB.
 */
public final class PlanCell {
    private static final double MOST_SECONDS = 10;
    private static final double MOST_CALLS = 1.1;
    private static final String HEAP = "-Xmx512m";

    private PlanCell() {}

    /** {@code [MANIFESTS [REPOSITORIES]]}, by default 1,000,000 in 10,000. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int manifests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int repositories = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        if (arguments.length < 3) {
            System.exit(again(manifests, repositories));
        }
        System.exit(measure(manifests / repositories, repositories) ? 0 : 1);
    }

    private static int again(int manifests, int repositories) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlanCell.class.getName(),
                        String.valueOf(manifests),
                        String.valueOf(repositories),
                        HEAP)
                .inheritIO()
                .start()
                .waitFor();
    }

    private static boolean measure(int manifests, int repositories) {
        OwnCpu cpu = new OwnCpu();
        GeneratedCell cell = new GeneratedCell(repositories, manifests, cpu);
        Eviction eviction = eviction();
        LifecyclePlanning planning = planning(cell, eviction);
        List<Offer> offers = new ArrayList<>();
        Map<RepositoryName, Totals> totals = new HashMap<>();
        cell.repositories().forEach(repository -> {
            PlannedRepository planned = planning.plan(repository.name()).offered(eviction.limits());
            offers.addAll(planned.offers());
            totals.put(planned.repository(), planned.totals());
        });
        Selection selection = Selection.of(offers, totals, eviction.quotas(), eviction.limits(), Limits.Spent.NOTHING);
        double seconds = cpu.seconds();
        double calls = (double) cell.calls() / cell.fewestCalls();
        System.out.printf(
                "%,d manifests in %,d repositories: %,d groups may go, %,d are taken%n",
                (long) manifests * repositories,
                repositories,
                offers.size(),
                selection.taken().size());
        boolean fast = told("CPU beside the API's", "s", seconds, MOST_SECONDS);
        boolean few = told("API calls, of the fewest", "x", calls, MOST_CALLS);
        System.out.printf("heap %s, at most %,d MB of it used%n", HEAP, peak() >> 20);
        return fast && few;
    }

    private static boolean told(String what, String unit, double figure, double most) {
        boolean met = figure <= most;
        System.out.printf("%-26s %6.2f %s, target %.1f: %s%n", what, figure, unit, most, met ? "met" : "MISSED");
        return met;
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static Eviction eviction() {
        Duration time = Duration.ofDays(30);
        Lifecycle.Evict evict = new Lifecycle.Evict(
                time, time, time, 2, List.of("**:prod-*"), false, new Lifecycle.Limits(100_000, 1L << 50, 50, 50));
        return Eviction.of(
                new Lifecycle(true, "rate(1 day)", evict, List.of(), List.of()),
                upstreams(),
                List.of(GeneratedCell.PREFIX + "/library/app1:1.0.0"));
    }

    private static List<Upstream> upstreams() {
        return List.of(new Upstream(
                GeneratedCell.PREFIX,
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of(),
                Optional.empty()));
    }

    private static LifecyclePlanning planning(GeneratedCell cell, Eviction eviction) {
        RepositoryReading reading = new RepositoryReading(
                new RepositoryReading.Ports(
                        cell,
                        new NoImages(),
                        new GeneratedRecords(cell),
                        repository -> Map.of(),
                        repository -> Optional.of(GeneratedCell.NOW.minus(Duration.ofDays(400))),
                        InstantSource.fixed(GeneratedCell.NOW)),
                new Upstreams(upstreams()),
                new ForwardDecay(Duration.ofDays(7)));
        return new LifecyclePlanning(
                reading,
                eviction,
                List.of(),
                repository -> Map.of(),
                repository -> Map.of(),
                InstantSource.fixed(GeneratedCell.NOW));
    }
}
