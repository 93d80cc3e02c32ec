package dev.larder.events.image;

/**
 * The content address of a manifest or blob: {@code sha256:} and 64 lower-case hex digits.
 *
 * @param value the whole text, algorithm included
 */
public record Digest(String value) implements Comparable<Digest> {
    private static final String SHA256 = "sha256:";
    private static final int HEX_DIGITS = 64;

    /** @throws IllegalArgumentException when the text is not a SHA-256 digest */
    public Digest {
        if (!isDigest(value)) {
            throw new IllegalArgumentException(
                    "not a digest: '" + value + "'; expected sha256: and 64 lower-case hex digits");
        }
    }

    /** Whether the text is a SHA-256 digest. A sweep asks this millions of times, and a pattern takes several times as long. */
    public static boolean isDigest(String text) {
        if (text.length() != SHA256.length() + HEX_DIGITS || !text.startsWith(SHA256)) {
            return false;
        }
        for (int i = SHA256.length(); i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The 64 hex digits. */
    public String hex() {
        return value.substring(SHA256.length());
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
