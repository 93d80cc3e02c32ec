package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FactCodecTest {
    private static final LogHour HOUR = LogHour.parse("2026-11-24T10");

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("facts") List<Fact> facts) {
        assertEquals(facts, FactCodec.read(FactCodec.write(HOUR, facts)));
    }

    @Test
    void aFactOfAHotImageTakesFewBytes() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            facts.add(new Fact.Fetch(
                    ImageReference.parse("docker-hub/library/nginx:1.27"),
                    new Caller("arn:aws:iam::111122223333:role/eks-node", Optional.of("i-053374f60a4d7983" + i % 3)),
                    EventHash.of("event " + i),
                    HOUR.start().plusSeconds(i / 10),
                    true,
                    Optional.empty()));
        }
        int bytes = FactCodec.write(HOUR, facts).length;
        assertTrue(bytes < 50 * 14, bytes + " bytes");
    }

    @Test
    void whatIsNotFactsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> FactCodec.read(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> FactCodec.read(new byte[] {9, 1, 2}));
        byte[] cut = Arrays.copyOf(FactCodec.write(HOUR, List.of()), 5);
        assertThrows(IllegalArgumentException.class, () -> FactCodec.read(cut));
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        Arbitrary<Tagged> tags = Arbitraries.integers()
                .between(0, 20)
                .map(i -> new Tagged(new RepositoryName("docker-hub/library/r" + i % 5), new Tag("v" + i)));
        Arbitrary<ImageReference> images = Arbitraries.oneOf(
                tags.map(tag -> tag),
                tags.map(tag -> new Digested(tag.repository(), new Digest("sha256:" + "0b".repeat(32)))));
        Arbitrary<Instant> times = Arbitraries.integers()
                .between(0, 3_599_999)
                .map(millis -> HOUR.start().plusMillis(millis));
        Arbitrary<Optional<String>> words =
                Arbitraries.of("AccessDenied", "i-1", "Übung").optional();
        Arbitrary<EventHash> hashes = Arbitraries.longs().map(EventHash::new);
        Arbitrary<Fact> fetches = Combinators.combine(
                        images,
                        Arbitraries.of("role/a", "role/b"),
                        words,
                        hashes,
                        times,
                        Arbitraries.of(true, false),
                        words)
                .as((image, principal, session, hash, time, registry, error) ->
                        new Fact.Fetch(image, new Caller(principal, session), hash, time, registry, error));
        Arbitrary<Fact> syncs = Combinators.combine(tags, hashes, times, words).as(Fact.Sync::new);
        return Arbitraries.oneOf(fetches, syncs).list().ofMaxSize(60);
    }
}
