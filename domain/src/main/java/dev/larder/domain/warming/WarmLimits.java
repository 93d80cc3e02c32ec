package dev.larder.domain.warming;

/**
 * What may be warmed at most, whatever upstreams allow.
 *
 * @param images in this plan
 * @param bytes that are left of the day's
 */
public record WarmLimits(int images, long bytes) {
    /** @throws IllegalArgumentException when there is less than nothing left */
    public WarmLimits {
        if (images < 0 || bytes < 0) {
            throw new IllegalArgumentException("not a limit: " + images + " images, " + bytes + " bytes");
        }
    }
}
