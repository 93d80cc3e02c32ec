package dev.larder.events.image;

import java.util.regex.Pattern;

/** A tag as the OCI distribution specification allows it: 1 to 128 characters, no leading dot or dash. */
public record Tag(String value) implements Comparable<Tag> {
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    /** @throws IllegalArgumentException when no registry could hold this tag */
    public Tag {
        if (!isTag(value)) {
            throw new IllegalArgumentException("not a tag: '" + value
                    + "'; expected 1 to 128 letters, digits, _ . - and neither . nor - in front");
        }
    }

    /** Whether a registry could hold this tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
