package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.StoredManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UndoTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Digest INDEX = digest(1);
    private static final Digest CHILD = digest(2);
    private static final Digest OTHER = digest(3);
    private static final Tagged LATEST = new Tagged(NGINX, new Tag("latest"));

    private final InMemoryRuns runs = new InMemoryRuns();
    private final InMemoryTombstones tombstones = new InMemoryTombstones();
    private final InMemoryImageRecords records = new InMemoryImageRecords();
    private final MovableClock clock = new MovableClock(NOON.plusSeconds(3_600));
    private final Undo undo = new Undo(runs, tombstones, records, new RecordingOrders(), () -> Stream.of(NGINX), clock);

    @Test
    void whatHadATagIsOrderedByDigestAndByWayOfTheTag() {
        evicted("r1", INDEX, "latest");
        assertEquals(List.of("latest@" + INDEX), words(undo.run("r1")));
        assertEquals(List.of("latest@" + INDEX), words(undo.image(LATEST)));
    }

    @Test
    void eachTagIsOrderedOnceAndTheDigestByWayOfTheFirst() {
        evicted("r1", INDEX, "1.27", "latest");
        assertEquals(List.of("1.27@" + INDEX, "latest"), words(undo.run("r1")));
        assertEquals(List.of("latest@" + INDEX), words(undo.image(LATEST)), "when only that is asked for");
        assertEquals(List.of("1.27@" + INDEX, "latest"), words(undo.image(new Digested(NGINX, INDEX))));
    }

    @Test
    void anEarlierRunIsUndoneThoughItsTagWentAgainWithAnotherDigest() {
        evicted("r1", INDEX, "latest");
        evicted("r2", OTHER, "latest");
        assertEquals(List.of("latest@" + INDEX), words(undo.run("r1")));
        assertEquals(List.of("latest@" + OTHER), words(undo.run("r2")));
    }

    @Test
    void aChildComesWithTheIndexThatIsUndoneToo() {
        records.lists(new Digested(NGINX, INDEX), Map.of(CHILD, Optional.empty()));
        evicted("r1", INDEX, "latest");
        evicted("r1", CHILD);
        assertEquals(List.of("latest@" + INDEX), words(undo.run("r1")));
        assertEquals(List.of("@" + CHILD), words(undo.image(new Digested(NGINX, CHILD))), "when it is asked for");
    }

    @Test
    void aChildOfAnIndexThatIsGoneForLongIsOrdered() {
        records.lists(new Digested(NGINX, INDEX), Map.of(CHILD, Optional.empty()));
        evicted("r1", CHILD);
        assertEquals(List.of("@" + CHILD), words(undo.run("r1")));
        assertEquals(List.of("@" + CHILD), words(undo.image(new Digested(NGINX, CHILD))));
    }

    @Test
    void aChildOfAnIndexThatIsThereIsNotOrdered() {
        records.describe(new StoredManifest(
                new Digested(NGINX, INDEX),
                Optional.empty(),
                Set.of(CHILD),
                Set.of(),
                OptionalLong.empty(),
                Optional.empty()));
        evicted("r1", CHILD);
        assertEquals(List.of(), words(undo.run("r1")));
    }

    @Test
    void aChildOfAnIndexThatATagPointsAtIsNotOrdered() {
        records.lists(new Digested(NGINX, INDEX), Map.of(CHILD, Optional.empty()));
        records.imported(LATEST, INDEX, NOON);
        evicted("r1", CHILD);
        assertEquals(List.of(), words(undo.run("r1")));
    }

    @Test
    void aRunWhoseLinesAreDroppedIsUndoneByTheTombstonesOfAllRepositories() {
        evicted("r2", OTHER, "latest");
        Instant at = NOON.minusSeconds(7_200);
        runs.begin(Run.begun("r1", at, true, "1", "s1", false));
        tombstones.put(List.of(tombstone("r1", INDEX, at, List.of(LATEST.tag()))));
        assertEquals(List.of(), words(undo.run("r1")), "while it has lines they say what went");
        clock.advance(Duration.ofDays(31));
        assertEquals(List.of("latest@" + INDEX), words(undo.run("r1")));
        assertEquals(List.of(), words(undo.run("none")));
    }

    @Test
    void whatNoTagLedToIsOrderedForAFewMinutesLaterAsItMayComeWithWhatItIsAbout() {
        evicted("r1", INDEX, "latest");
        evicted("r1", OTHER);
        Instant now = clock.instant();
        assertEquals(
                Map.of(INDEX, now, OTHER, now.plus(Undo.BEHIND)),
                undo.run("r1").stream()
                        .collect(Collectors.toMap(order -> ((Digested) order.image()).digest(), WarmOrder::notBefore)));
    }

    @Test
    void itSaysWhatMayNotComeBack() {
        evicted("r1", INDEX, "latest");
        assertEquals(List.of(), undo.doubts(undo.run("r1")));
        records.imported(LATEST, OTHER, NOON);
        String moved = undo.doubts(undo.run("r1")).getFirst();
        assertTrue(moved.startsWith(LATEST + " is " + OTHER + " by now: " + INDEX + " comes back only "), moved);
        evicted("r2", CHILD);
        String unknown = undo.doubts(undo.run("r2")).getFirst();
        assertTrue(unknown.startsWith("no tag is known to have pointed at " + NGINX + "@" + CHILD), unknown);
    }

    @Test
    void whatTheUpstreamHadByDigestAloneIsNotPromised() {
        evicted("r1", INDEX, "16", "16.2");
        Tombstone grave = tombstones.get(NGINX, INDEX, "r1").orElseThrow();
        tombstones.put(List.of(new Tombstone(
                NGINX,
                INDEX,
                grave.tags(),
                List.of(),
                OptionalLong.empty(),
                grave.evictedAt(),
                grave.reason(),
                List.of(),
                true,
                "r1")));
        List<WarmOrder> orders = undo.run("r1");
        assertEquals(
                List.of("when it went, its upstream had " + NGINX + "@" + INDEX + " by digest alone: its tag 16.2 leads"
                        + " elsewhere or nowhere there, so undo brings what the tag leads to by then, and this digest"
                        + " only where another tag does"),
                undo.doubts(orders));
        records.describe(new StoredManifest(
                new Digested(NGINX, INDEX),
                Optional.of("application/vnd.oci.image.index.v1+json"),
                Set.of(),
                Set.of(),
                OptionalLong.empty(),
                Optional.empty()));
        assertEquals(List.of(), undo.doubts(orders), "it is back");
    }

    private void evicted(String run, Digest digest, String... names) {
        List<Tag> tags = List.of(names).stream().map(Tag::new).toList();
        Instant at = NOON.minusSeconds(run.equals("r1") ? 7_200 : 3_600);
        Run begun = Run.begun(run, at, true, "1", "s1", false);
        runs.begin(begun);
        runs.add(
                begun,
                List.of(new RunLine(
                        NGINX,
                        digest,
                        tags,
                        OptionalLong.empty(),
                        0,
                        RunLine.Outcome.EVICTED,
                        "not pulled",
                        List.of())));
        tombstones.put(List.of(tombstone(run, digest, at, tags)));
    }

    private static Tombstone tombstone(String run, Digest digest, Instant at, List<Tag> tags) {
        return new Tombstone(NGINX, digest, tags, List.of(), OptionalLong.empty(), at, "not pulled", List.of(), run);
    }

    /** {@code tag}, {@code @digest}, or {@code tag@digest} for a digest by way of a tag. */
    private static List<String> words(List<WarmOrder> orders) {
        return orders.stream()
                .map(order -> switch (order.image()) {
                    case ImageReference.Tagged(var repository, var tag) -> tag.value();
                    case ImageReference.Digested(var repository, var digest) ->
                        order.by().map(Tag::value).orElse("") + "@" + digest;
                })
                .toList();
    }

    private static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }
}
