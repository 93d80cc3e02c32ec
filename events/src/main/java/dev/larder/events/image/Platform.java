package dev.larder.events.image;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an image runs on, in the words of the OCI image specification: {@code linux/amd64}, {@code linux/arm/v7}.
 *
 * @param os the operating system, for instance {@code linux}
 * @param architecture the processor, for instance {@code arm64}
 * @param variant the processor's variant, for instance {@code v8}
 */
public record Platform(String os, String architecture, Optional<String> variant) implements Comparable<Platform> {
    private static final Pattern PART = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    /**
     * Reads {@code os/architecture} or {@code os/architecture/variant}.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        boolean wellFormed = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            wellFormed &= PART.matcher(part).matches();
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "not a platform: '" + text + "'; expected os/architecture, for instance linux/amd64");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    /**
     * Whether an image built for {@code offered} is what someone who asks for this platform wants: the same system and
     * processor, and the same variant where this platform names one.
     */
    public boolean accepts(Platform offered) {
        return os.equals(offered.os)
                && architecture.equals(offered.architecture)
                && (variant.isEmpty() || variant.equals(offered.variant));
    }

    @Override
    public int compareTo(Platform other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
