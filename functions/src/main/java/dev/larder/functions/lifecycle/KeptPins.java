package dev.larder.functions.lifecycle;

import dev.larder.domain.image.Glob;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the file pins, as an eviction has to keep it.
 *
 * @param images {@code repository:tag} and {@code repository@sha256:...}
 * @param patterns over {@code repository:tag}
 */
record KeptPins(Set<String> images, List<Glob> patterns) {
    /** Copies the collections. */
    KeptPins {
        images = Set.copyOf(images);
        patterns = List.copyOf(patterns);
    }

    /**
     * Reads {@code warm.pins}. Of a tag with a digest both count: the digest is what is kept warm, the tag is what a
     * client may ask for.
     */
    static KeptPins of(List<String> pins) {
        Predicate<String> pattern = pin -> pin.contains("*");
        return new KeptPins(
                pins.stream().filter(pattern.negate()).flatMap(KeptPins::names).collect(Collectors.toSet()),
                pins.stream().filter(pattern).map(Glob::new).toList());
    }

    private static Stream<String> names(String pin) {
        int at = pin.indexOf('@');
        int colon = pin.indexOf(':');
        return at >= 0 && colon < at
                ? Stream.of(pin.substring(0, at), pin.substring(0, colon) + pin.substring(at))
                : Stream.of(pin);
    }
}
