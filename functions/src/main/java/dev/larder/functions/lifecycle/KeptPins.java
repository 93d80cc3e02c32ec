package dev.larder.functions.lifecycle;

import dev.larder.domain.image.Glob;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the file pins, as an eviction has to keep it.
 *
 * @param images {@code repository:tag}, or {@code repository@sha256:...} where the file names no tag
 * @param patterns over {@code repository:tag}
 */
record KeptPins(Set<String> images, List<Glob> patterns) {
    /** Copies the collections. */
    KeptPins {
        images = Set.copyOf(images);
        patterns = List.copyOf(patterns);
    }

    /** Reads {@code warm.pins}. Of a tag with a digest the tag counts: it is what a client asks for. */
    static KeptPins of(List<String> pins) {
        Predicate<String> pattern = pin -> pin.contains("*");
        return new KeptPins(
                pins.stream()
                        .filter(pattern.negate())
                        .map(KeptPins::withoutDigest)
                        .collect(Collectors.toSet()),
                pins.stream().filter(pattern).map(Glob::new).toList());
    }

    private static String withoutDigest(String pin) {
        int at = pin.indexOf('@');
        return at >= 0 && pin.substring(0, at).contains(":") ? pin.substring(0, at) : pin;
    }
}
