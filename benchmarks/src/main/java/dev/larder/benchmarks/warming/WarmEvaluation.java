package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Main. */
public final class WarmEvaluation {
    private WarmEvaluation() {}

    public static void main(String[] args) throws IOException {
        World world = new World(TagChanges.read(Path.of(args[0])));
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        double worth = args.length > 2 ? Double.parseDouble(args[2]) : 0.08;
        int top = args.length > 3 ? Integer.parseInt(args[3]) : 1000;
        long start = System.nanoTime();
        Pulls pulls = Clusters.draw(world, Shares.DEFAULT, seed);
        System.out.printf("%d pulls, drawn in %.1f s%n", pulls.size(), (System.nanoTime() - start) / 1e9);
        Simulation simulation = new Simulation(world, pulls);
        Optional<Share> share = Optional.of(Share.of(200, Duration.ofHours(6), 50));
        List<Score> scores = Boolean.getBoolean("only")
                ? List.of(simulation.run(ecr -> new Larder(world, ecr, worth, share)))
                : List.of(
                        simulation.run(ecr -> new EcrAlone()),
                        simulation.run(ecr -> new DailyRepull(ecr, top, world.begins.getEpochSecond())),
                        simulation.run(ecr -> new Larder(world, ecr, worth, share)),
                        simulation.run(Oracle::new));
        System.out.println(Evaluation.table(scores));
        System.out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
    }
}
