package dev.larder.config;

import java.util.List;

/**
 * An image of which the newest versions are warm some hours after they are published.
 *
 * @param image the repository with the upstream's prefix, such as {@code docker-hub/library/postgres}
 * @param versions comparators that must all hold, such as {@code >=15 <18}; {@link #ANY_VERSION} when the file names none
 * @param variants what follows the version in the tags, such as {@code alpine} in {@code 17.2-alpine}; none for the tags
 *     that are versions and nothing else
 * @param newest how many of the newest versions
 */
public record Track(String image, String versions, List<String> variants, int newest) {
    /** Holds for every version. */
    public static final String ANY_VERSION = ">=0";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when fewer than one is to be warm
     */
    public Track {
        if (newest < 1) {
            throw new IllegalArgumentException(
                    "could not track " + image + ": the newest " + newest + " versions; expected 1 or more");
        }
        variants = List.copyOf(variants);
    }
}
