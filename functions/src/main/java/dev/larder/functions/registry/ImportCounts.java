package dev.larder.functions.registry;

/**
 * What an import fetches.
 *
 * @param manifests an index and what it lists; 1 for an image
 */
public record ImportCounts(int manifests) {}
