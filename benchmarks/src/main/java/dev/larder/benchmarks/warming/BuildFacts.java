package dev.larder.benchmarks.warming;

import dev.larder.events.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the record says of one build, and what is drawn.
 *
 * @param digest made of the name that the record has for it
 * @param images how many it lists: one for each platform, and an attestation for each that is not Windows
 * @param linux whether it runs anywhere but on Windows
 * @param bytes of all platforms
 */
record BuildFacts(Digest digest, int images, boolean linux, long bytes) {
    /** Those of the build that a change names. */
    static BuildFacts of(TagChanges.Change change) {
        int windows = (int) change.platforms().stream()
                .filter(platform -> platform.startsWith("windows"))
                .count();
        return new BuildFacts(
                new Digest("sha256:" + sha256(change.repository() + "@" + change.build())),
                2 * change.platforms().size() - windows,
                windows < change.platforms().size(),
                BuildSize.of(change.repository(), change.tag(), change.platforms()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
