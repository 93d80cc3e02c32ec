package dev.larder.benchmarks.warming;

import java.util.function.Function;

/** A world and a demand in virtual time, for one strategy after the other. At one moment the upstream changes first. */
record Simulation(World world, Pulls pulls) {
    /** Lets a strategy live through all of it, with an ECR of its own. */
    Score run(Contender contender) {
        Ecr ecr = new Ecr(world);
        return new Run(ecr, contender.strategy().apply(ecr)).score(contender.name());
    }

    /** Somebody who takes part: who, and how it keeps an ECR. */
    record Contender(String name, Function<Ecr, Strategy> strategy) {}

    private final class Run {
        private final Ecr ecr;
        private final Strategy strategy;
        private int change;
        private long cold;
        private long imports;
        private long outdated;

        Run(Ecr ecr, Strategy strategy) {
            this.ecr = ecr;
            this.strategy = strategy;
        }

        Score score(String name) {
            for (int pull = 0; pull < pulls.size(); pull++) {
                goOnTo(pulls.time(pull));
                pull(pulls.tag(pull), pulls.time(pull));
            }
            return new Score(
                    name,
                    pulls.size(),
                    cold,
                    imports,
                    outdated,
                    ecr.heads() + ecr.manifests() + strategy.requests(),
                    ecr.manifests(),
                    ecr.bytes(),
                    ecr.bytesNeverPulled());
        }

        private void goOnTo(long time) {
            while (true) {
                long changes = change < world.changes() ? world.changedAt(change) : Long.MAX_VALUE;
                long wakes = strategy.wakes();
                if (changes <= time && changes <= wakes) {
                    ecr.change(world.changedTag(change), world.kind(change), world.changedTo(change));
                    change++;
                } else if (wakes <= time) {
                    strategy.act(wakes);
                } else {
                    return;
                }
            }
        }

        private void pull(int tag, long time) {
            strategy.foresee(tag, time);
            Ecr.Outcome outcome = ecr.pull(tag, time);
            cold += outcome.cold() ? 1 : 0;
            imports += outcome == Ecr.Outcome.IMPORTED ? 1 : 0;
            outdated += outcome == Ecr.Outcome.OUTDATED ? 1 : 0;
            strategy.pulled(tag, time, outcome);
        }
    }
}
