package dev.larder.cli;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as a person names it.
 *
 * @param repository absent when only a digest was given
 * @param tag absent when a digest was given
 * @param digest the beginning of a digest's hexadecimal part, or all of it; empty when a tag was given
 */
record SoughtImage(Optional<RepositoryName> repository, Optional<Tag> tag, String digest) {
    private static final Pattern DIGEST = Pattern.compile("(?:([^@]+)@)?(?:sha256:)?([0-9a-f]{12,64})");

    /**
     * Reads {@code repository:tag}, {@code repository@sha256:...} or 12 and more characters of a digest, with its repository
     * or without.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static SoughtImage parse(String text) {
        Matcher digest = DIGEST.matcher(text);
        if (digest.matches()) {
            return new SoughtImage(
                    Optional.ofNullable(digest.group(1)).map(RepositoryName::new), Optional.empty(), digest.group(2));
        }
        return switch (ImageReference.parse(text)) {
            case Tagged(var repository, var tag) -> new SoughtImage(Optional.of(repository), Optional.of(tag), "");
            case Digested(var repository, var whole) ->
                new SoughtImage(Optional.of(repository), Optional.empty(), whole.hex());
        };
    }

    /** Whether it is meant. */
    boolean is(Digest candidate, Collection<Tag> tags) {
        return tag.isPresent() ? tags.contains(tag.get()) : candidate.hex().startsWith(digest);
    }
}
