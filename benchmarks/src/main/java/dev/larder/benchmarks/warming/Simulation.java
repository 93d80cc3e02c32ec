package dev.larder.benchmarks.warming;

import java.util.function.Function;

/** A world and a demand in virtual time, for one strategy after the other. */
record Simulation(World world, Pulls pulls) {
    Score run(Function<Ecr, Strategy> maker) {
        Ecr ecr = new Ecr(world);
        Strategy strategy = maker.apply(ecr);
        int change = 0;
        long cold = 0;
        long imports = 0;
        long outdated = 0;
        for (int pull = 0; pull < pulls.size(); pull++) {
            long time = pulls.time(pull);
            while (true) {
                long changes = change < world.changedAt.length ? world.changedAt[change] : Long.MAX_VALUE;
                long wakes = strategy.wakes();
                if (changes <= time && changes <= wakes) {
                    ecr.change(world.changedTag[change], world.kinds[change], world.changedTo[change]);
                    change++;
                } else if (wakes <= time) {
                    strategy.act(wakes);
                } else {
                    break;
                }
            }
            int tag = pulls.tag(pull);
            strategy.foresee(tag, time);
            Ecr.Outcome outcome = ecr.pull(tag, time);
            cold += outcome.cold() ? 1 : 0;
            imports += outcome == Ecr.Outcome.IMPORTED ? 1 : 0;
            outdated += outcome == Ecr.Outcome.OUTDATED ? 1 : 0;
            strategy.pulled(tag, time, outcome);
        }
        return new Score(
                strategy.name(),
                pulls.size(),
                cold,
                imports,
                outdated,
                ecr.heads + ecr.manifests + strategy.requests(),
                ecr.manifests,
                ecr.bytes,
                ecr.bytesNeverPulled());
    }
}
