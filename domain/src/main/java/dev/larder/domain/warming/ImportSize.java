package dev.larder.domain.warming;

/**
 * What there is to import of an image, all platforms of an index together: ECR imports every one (ecr-facts 2.3).
 *
 * @param manifests the index and what it lists; 1 for an image without an index
 * @param blobs configurations and layers
 * @param bytes of the blobs
 */
public record ImportSize(int manifests, int blobs, long bytes) {
    /** What is assumed of an image that nobody has seen: eight platforms, as official images have at most. */
    public static final ImportSize UNKNOWN = new ImportSize(9, 64, 500_000_000L);

    /** What is assumed of an image of which the manifest is in the cache already, under another tag. */
    public static final ImportSize CACHED = new ImportSize(1, 0, 0);

    /** @throws IllegalArgumentException when there is no manifest, or less than nothing else */
    public ImportSize {
        if (manifests < 1 || blobs < 0 || bytes < 0) {
            throw new IllegalArgumentException("not the size of an import: " + manifests + " manifests, " + blobs
                    + " blobs, " + bytes + " bytes; expected at least one manifest");
        }
    }
}
