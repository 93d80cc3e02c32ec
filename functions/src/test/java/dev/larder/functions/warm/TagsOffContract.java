package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TagsOff} does. */
abstract class TagsOffContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final TagsOff.Off OFF = new TagsOff.Off(
            (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27"), new Digest("sha256:" + "a1".repeat(32)));

    abstract TagsOff tags();

    @Test
    void whatAnOrderTookOffIsKnownUntilItIsBack() {
        assertEquals(Optional.empty(), tags().of("one"));
        tags().note("one", OFF, NOON);
        tags().note("one", OFF, NOON.plusSeconds(1));
        assertEquals(Optional.of(OFF), tags().of("one"));
        assertEquals(Optional.empty(), tags().of("two"));
        tags().forget("one");
        tags().forget("one");
        assertEquals(Optional.empty(), tags().of("one"));
    }
}
