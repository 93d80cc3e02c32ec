package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Share;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is evaluated.
 *
 * @param file of tag changes
 * @param seeds so many, from {@code seed} on
 * @param top images that Larder keeps, and that the daily re-pull pulls
 * @param leastWorth cold pulls that each request of Larder's has to save
 * @param share what Larder may spend; absent for no limit
 */
record Options(
        Path file,
        long seed,
        int seeds,
        int top,
        double leastWorth,
        Optional<Share> share,
        int workloads,
        boolean curve,
        boolean calibration,
        boolean json) {
    /** How it is called. */
    static final String USAGE = """
            usage: ./larder benchmarks WarmEvaluation FILE [OPTIONS]

            Replays FILE, a record of the tag changes of an upstream, and a demand drawn from a seed.
            FILE: time, repository, tag, kind (start, new, moved, removed), build, platforms; tabs between, a line of
            these names first; plain or gzipped.

              --seed N               of the demand (default: 1)
              --seeds N              so many seeds from there on: mean and worst (default: 1)
              --workloads N          that pull at any time (default: 500)
              --top K                images that Larder keeps warm and the daily re-pull pulls (default: 1000)
              --least-worth X        cold pulls that each of Larder's requests has to save (default: 0.22)
              --budget PULLS/WINDOW  the upstream's limit, such as 200/6h; none for no limit (default: 200/6h)
              --reserve PERCENT      of that budget is kept for users (default: 50)
              --curve                cold pulls against requests and bytes, for other settings of both
              --calibration          how often a pull came that Larder expected, by its chance
              --json                 for programs

            Ends with 1 when Larder misses a goal, with 2 when it cannot run.
            """;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with what was found, and what to do
     */
    static Options parse(List<String> arguments) {
        return new OptionParser(arguments).parse();
    }
}
