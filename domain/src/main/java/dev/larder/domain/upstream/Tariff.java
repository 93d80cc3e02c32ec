package dev.larder.domain.upstream;

/**
 * What an upstream counts against its limit.
 *
 * @param manifest for each manifest that is fetched: an index is one, and each image that it lists one more
 * @param head for asking what a tag points at
 * @param list for each page of a list of tags
 * @param blob for each configuration and layer
 */
public record Tariff(int manifest, int head, int list, int blob) {
    /** Docker Hub: manifests, "one pull for each different architecture"; a HEAD is free (docs.docker.com, usage). */
    public static final Tariff MANIFESTS = new Tariff(1, 0, 0, 0);

    /** A limit of requests of any kind. */
    public static final Tariff REQUESTS = new Tariff(1, 1, 1, 1);

    /** @throws IllegalArgumentException when something earns instead of costs */
    public Tariff {
        if (manifest < 0 || head < 0 || list < 0 || blob < 0) {
            throw new IllegalArgumentException(
                    "a tariff has no figure below zero: " + manifest + ", " + head + ", " + list + ", " + blob);
        }
    }

    /** What an import costs. */
    public int importing(int manifests, int blobs) {
        return Math.addExact(Math.multiplyExact(manifest, manifests), Math.multiplyExact(blob, blobs));
    }
}
