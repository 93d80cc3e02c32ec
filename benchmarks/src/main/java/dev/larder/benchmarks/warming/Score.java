package dev.larder.benchmarks.warming;

/**
 * What became of a strategy.
 *
 * @param name for people
 * @param pulls of clients
 * @param cold of them waited for the upstream
 * @param imports of the cold ones waited for an import; the others for a check
 * @param outdated were served something that the upstream had replaced
 * @param requests at the upstream: HEADs, manifests, lists of tags
 * @param counted of them, as Docker Hub counts: manifests
 * @param bytes imported
 * @param wasted of them, never pulled
 */
record Score(
        String name,
        long pulls,
        long cold,
        long imports,
        long outdated,
        long requests,
        long counted,
        long bytes,
        long wasted) {}
