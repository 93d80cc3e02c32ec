package dev.larder.benchmarks.warming;

import java.util.List;

/**
 * What became of all that took part under one seed.
 *
 * @param scores ECR alone first, the oracle last
 */
record Round(long seed, List<Score> scores) {
    /** Copies the list. */
    Round {
        scores = List.copyOf(scores);
    }

    Score alone() {
        return scores.getFirst();
    }

    Score oracle() {
        return scores.getLast();
    }
}
