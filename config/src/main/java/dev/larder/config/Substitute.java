package dev.larder.config;

/**
 * Where images equal to those of an upstream are to be had at a lower cost. What is pinned, tracked or wanted elsewhere
 * under {@code from} is warmed under {@code to}, and new tags of {@code from} are looked for there. What users pull under
 * {@code from} stays warm under that name.
 *
 * @param from repositories of one upstream, ending in {@code /*}: {@code docker-hub/library/*}
 * @param to the same repositories of another upstream: {@code ecr-public/docker/library/*}
 */
public record Substitute(String from, String to) {}
