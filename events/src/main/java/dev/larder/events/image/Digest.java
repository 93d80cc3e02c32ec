package dev.larder.events.image;

import java.util.regex.Pattern;

/**
 * The content address of a manifest or blob: {@code sha256:} and 64 lower-case hex digits.
 *
 * @param value the whole text, algorithm included
 */
public record Digest(String value) implements Comparable<Digest> {
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    /** @throws IllegalArgumentException when the text is not a SHA-256 digest */
    public Digest {
        if (!isDigest(value)) {
            throw new IllegalArgumentException(
                    "not a digest: '" + value + "'; expected sha256: and 64 lower-case hex digits");
        }
    }

    /** Whether the text is a SHA-256 digest. */
    public static boolean isDigest(String text) {
        return SHA256.matcher(text).matches();
    }

    /** The 64 hex digits. */
    public String hex() {
        return value.substring("sha256:".length());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
