package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.table.Interrupted;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.Table;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoDbUpstreamTagsTest extends UpstreamTagsContract {
    private static final String PARTITION = "upstream-tags#" + NGINX;

    private static final int SMALL_PARTS = 1_500;

    private final LocalTable local = new LocalTable();
    private final Table table = local.table();
    private final MovableClock clock = new MovableClock(NOON);
    private final UpstreamTags tags = new DynamoDbUpstreamTags(table, clock, SMALL_PARTS);

    @Override
    UpstreamTags tags() {
        return tags;
    }

    @AfterEach
    void close() {
        local.close();
    }

    private UpstreamTags interrupted(IntConsumer before) {
        return new DynamoDbUpstreamTags(Interrupted.table(local.client(), before), clock, SMALL_PARTS);
    }

    private List<Item> items() {
        return table.consistentPartition(PARTITION).toList();
    }

    /** With digests, which do not compress. */
    private static KnownTags many(int count, int seed) {
        Random random = new Random(seed);
        Map<Tag, Digest> list = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            list.put(
                    new Tag("1." + i + ".0-alpine3." + i % 20),
                    new Digest("sha256:" + HexFormat.of().formatHex(hash)));
        }
        return KnownTags.none(NGINX)
                .listed(list.keySet(), Optional.empty(), NOON.plusSeconds(seed))
                .looked(list, NOON.plusSeconds(seed));
    }

    @Test
    void aHundredThousandTagsAreKeptAndReadInAFewCalls() {
        KnownTags hundredThousand = many(100_000, 1);
        AtomicInteger calls = new AtomicInteger();
        UpstreamTags whole =
                new DynamoDbUpstreamTags(Interrupted.table(local.client(), call -> calls.incrementAndGet()), clock);
        whole.keep(hundredThousand);
        int parts = items().size() - 1;
        assertTrue(parts > 1, "in more than one part: " + parts);
        assertEquals(3, calls.getAndSet(0), "the list is read, its parts are written together, and then their name");
        assertEquals(hundredThousand, whole.of(NGINX));
        assertTrue(calls.get() <= 1 + parts, "the list and its parts are read: " + calls);
    }

    @Test
    void aWriterThatDiesAtAnyCallLeavesTheOldTagsOrTheNewAndTheNextOneGetsThrough() {
        KnownTags before = many(100, 1);
        KnownTags after = TWO_TAGS;
        for (int n = 0; n < 14; n++) {
            int last = n;
            tags.keep(before);
            UpstreamTags dying = interrupted(call -> {
                if (call == last) {
                    throw new IllegalStateException("the function was ended");
                }
            });
            try {
                dying.keep(after);
                assertTrue(last > 3, "it ended before the last call, and nothing died: " + last);
            } catch (IllegalStateException e) {
                KnownTags seen = tags.of(NGINX);
                assertTrue(seen.equals(before) || seen.equals(after), "call " + last + ": " + seen);
            }
            tags.keep(after);
            assertEquals(after, tags.of(NGINX));
        }
    }

    @Test
    void aReaderBetweenAnyTwoCallsOfAWriterSeesTheOldTagsOrTheNew() {
        KnownTags before = many(100, 1);
        KnownTags after = many(150, 2);
        tags.keep(before);
        interrupted(call -> {
                    KnownTags seen = tags.of(NGINX);
                    assertTrue(seen.equals(before) || seen.equals(after), "before call " + call);
                })
                .keep(after);
        assertEquals(after, tags.of(NGINX));
    }

    @Test
    void aReaderWhoseTagsAreReplacedMeanwhileReadsTheNewOnes() {
        KnownTags before = many(100, 1);
        KnownTags after = many(150, 2);
        tags.keep(before);
        assertEquals(
                after,
                interrupted(call -> {
                            if (call == 1) {
                                tags.keep(after);
                            }
                        })
                        .of(NGINX));
    }

    @Test
    void ofTwoWritersAtOnceOneWinsAndNoPartsAreLeftBehind() {
        KnownTags mine = many(100, 1);
        KnownTags theirs = many(150, 2);
        tags.keep(TWO_TAGS);
        for (int n = 0; n < 5; n++) {
            int between = n;
            interrupted(call -> {
                        if (call == between) {
                            tags.keep(theirs);
                        }
                    })
                    .keep(mine);
            KnownTags seen = tags.of(NGINX);
            assertTrue(seen.equals(mine) || seen.equals(theirs), "before call " + between);
            assertEquals(1 + parts(), items().size(), "the list and its parts");
            tags.keep(TWO_TAGS);
        }
    }

    private long parts() {
        return table.get(new Key(PARTITION, "list"))
                .orElseThrow()
                .whole("listParts")
                .orElseThrow();
    }

    @Test
    void tagsThatDidNotChangeAreNotWrittenAgainUntilTheyWouldExpire() {
        tags.keep(TWO_TAGS);
        String name = items().getFirst().required("listName");
        clock.advance(Duration.ofDays(29));
        tags.keep(TWO_TAGS.unchanged(clock.instant()));
        assertEquals(name, items().getFirst().required("listName"));
        clock.advance(Duration.ofDays(2));
        KnownTags later = TWO_TAGS.unchanged(clock.instant());
        tags.keep(later);
        assertTrue(!name.equals(items().getFirst().required("listName")), "written again");
        assertEquals(later, tags.of(NGINX));
        assertEquals(2, items().size());
    }

    @Test
    void partsThatExpiredAreNotHalfAList() {
        tags.keep(TWO_TAGS);
        items().stream()
                .map(Item::key)
                .filter(key -> key.sk().startsWith("part#"))
                .forEach(table::delete);
        assertEquals(KnownTags.none(NGINX), tags.of(NGINX));
        tags.keep(TWO_TAGS);
        assertEquals(TWO_TAGS, tags.of(NGINX));
    }

    @Test
    void whatIsNoListOfTagsIsSaidToBeNone() {
        assertThrows(IllegalStateException.class, () -> KnownTagsCodec.read(new byte[] {1, 2, 3}));
    }
}
