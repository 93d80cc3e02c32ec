package dev.larder.benchmarks.warming;

import dev.larder.benchmarks.warming.Simulation.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Lets everybody who takes part live through a world, under each seed. */
final class Evaluation {
    /** The rows of {@link #table}. */
    static final int REPULL = 1;

    static final int LARDER = 3;

    private static final List<Double> WORTHS = List.of(0.02, 0.05, 0.1, 0.2, 0.22, 0.3, 0.5, 1.0);
    private static final List<Integer> TOPS = List.of(50, 100, 200, 300, 500, 1000);

    private final World world;
    private final Options options;
    private final Shares shares;
    private final List<Simulation> simulations;
    private final Calibration calibration = new Calibration();

    Evaluation(World world, Options options) {
        this.world = world;
        this.options = options;
        shares = Shares.DEFAULT.with(options.workloads());
        simulations = seeds().parallel()
                .mapToObj(seed -> new Simulation(world, Clusters.draw(world, shares, seed)))
                .toList();
        if (simulations.getFirst().pulls().size() == 0) {
            throw new IllegalArgumentException("nobody pulls anything: the record goes from " + world.begins() + " to "
                    + world.ends() + "; expected some whole days (UTC), and tags of images for Linux");
        }
    }

    private LongStream seeds() {
        return LongStream.range(options.seed(), options.seed() + options.seeds());
    }

    Shares shares() {
        return shares;
    }

    /** ECR alone, the daily re-pull and a paced one, Larder, the oracle. */
    Table table() {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < simulations.size(); i++) {
            Calibration own = new Calibration();
            rounds.add(run(
                    i,
                    List.of(
                            alone(),
                            repull(options.top()),
                            paced(options.top()),
                            larder("Larder", options.top(), options.leastWorth(), own),
                            oracle())));
            calibration.add(own);
        }
        return new Table(rounds);
    }

    /** Larder with other tops and least worths, and the daily re-pull with other tops. */
    Table curve() {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(alone());
        TOPS.forEach(top -> contenders.add(repull(top)));
        TOPS.forEach(top -> contenders.add(larder("Larder, top " + top, top, options.leastWorth(), new Calibration())));
        WORTHS.forEach(worth ->
                contenders.add(larder("Larder, least worth " + worth, options.top(), worth, new Calibration())));
        contenders.add(oracle());
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < simulations.size(); i++) {
            rounds.add(run(i, contenders));
        }
        return new Table(rounds);
    }

    /** Of Larder in {@link #table}, under all seeds. */
    Calibration calibration() {
        return calibration;
    }

    private Round run(int simulation, List<Contender> contenders) {
        return new Round(
                options.seed() + simulation,
                contenders.parallelStream()
                        .map(simulations.get(simulation)::run)
                        .toList());
    }

    private static Contender alone() {
        return new Contender("ECR alone", ecr -> new EcrAlone());
    }

    private Contender repull(int top) {
        return new Contender(
                "daily re-pull of the top " + top,
                ecr -> new DailyRepull(ecr, top, world.begins().getEpochSecond()));
    }

    private Contender paced(int top) {
        return new Contender(
                "the same, one after the other",
                ecr -> new PacedRepull(ecr, top, world.begins().getEpochSecond()));
    }

    private Contender larder(String name, int top, double leastWorth, Calibration calibrated) {
        Larder.Settings settings = new Larder.Settings(top, leastWorth, options.share());
        return new Contender(name, ecr -> new Larder(world, ecr, settings, calibrated));
    }

    private static Contender oracle() {
        return new Contender("oracle", Oracle::new);
    }
}
