package dev.larder.benchmarks.warming;

/** Nobody keeps the cache. */
final class EcrAlone implements Strategy {}
