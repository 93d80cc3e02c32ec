package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Runs} and {@link Tombstones} does. */
abstract class RunsAndTombstonesContract {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Run BEGUN = Run.begun("r1", NOON, true, "7", "s1", true);
    private static final Run RUN =
            BEGUN.in(Run.Phase.EVICTING, Optional.of(3)).counting(Map.of("evicted", 2L), 70, Optional.of("enough"));

    abstract Runs runs();

    abstract Tombstones tombstones();

    @Test
    void theLastRunIsTheOneThatStartedLast() {
        Run later = Run.begun("r0", NOON.plusSeconds(1), false, "", "s1", false);
        assertTrue(runs().begin(BEGUN));
        assertTrue(runs().begin(later));
        assertEquals(Optional.of(later), runs().last());
        assertEquals(List.of(later, BEGUN), runs().all().toList());
        assertEquals(Optional.of(BEGUN), runs().get("r1", NOON));
        assertEquals(Optional.empty(), runs().get("r2", NOON));
    }

    @Test
    void aRunBeginsOnceAndGoesOnOnlyFromThePhaseThatItIsIn() {
        assertTrue(runs().begin(BEGUN));
        assertFalse(runs().begin(Run.begun("r1", NOON, false, "8", "s1", false)));
        assertFalse(runs().advance(RUN, Run.Phase.SELECTING));
        assertEquals(Optional.of(BEGUN), runs().get("r1", NOON));
        assertTrue(runs().advance(RUN, Run.Phase.PLANNING));
        assertEquals(List.of(RUN), runs().all().toList());
    }

    @Test
    void linesComeBackWholeAndALaterOneReplacesTheOneBefore() {
        List<RunLine> sixty = IntStream.range(0, 60)
                .mapToObj(i -> line(i, RunLine.Outcome.EVICT))
                .toList();
        runs().add(RUN, sixty);
        runs().add(RUN, List.of(line(7, RunLine.Outcome.EVICTED)));
        List<RunLine> read = runs().lines("r1").toList();
        assertEquals(60, read.size());
        assertEquals(sixty.get(6), read.get(6));
        assertEquals(line(7, RunLine.Outcome.EVICTED), read.get(7));
        assertEquals(List.of(), runs().lines("r2").toList());
        assertEquals(read, runs().lines("r1", NGINX).toList());
        assertEquals(
                List.of(),
                runs().lines("r1", new RepositoryName("docker-hub/library/ngin"))
                        .toList());
    }

    @Test
    void aTombstoneIsFoundByEachTagAndByItsDigest() {
        Tombstone grave = tombstone(1, "1.27", "latest");
        tombstones().put(List.of(grave));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, "1.27"));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, "latest"));
        assertEquals(Optional.empty(), tombstones().get(NGINX, "1.2"));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, grave.digest().value()));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, grave.digest(), "r1"));
        assertEquals(Optional.empty(), tombstones().get(NGINX, grave.digest(), "r2"));
        assertEquals(List.of(grave), tombstones().of(NGINX));
    }

    @Test
    void aTombstoneKnowsWhetherTheUpstreamHadTheImageByDigestAlone() {
        Tombstone grave = tombstone(1, "16");
        Tombstone alone = new Tombstone(
                NGINX,
                digest(2),
                List.of(new Tag("15")),
                List.of(),
                OptionalLong.empty(),
                NOON,
                "not pulled",
                List.of(),
                true,
                "r1");
        tombstones().put(List.of(grave, alone));
        assertEquals(Optional.of(alone), tombstones().get(NGINX, "15"));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, "16"));
    }

    @Test
    void aTombstoneWithoutATagIsFoundByItsDigestAndRemovedWhole() {
        Tombstone grave = tombstone(1);
        tombstones().put(List.of(grave));
        assertEquals(Optional.of(grave), tombstones().get(NGINX, grave.digest().value()));
        tombstones().remove(grave.repository(), grave.digest(), "r1");
        tombstones().remove(grave.repository(), grave.digest(), "r1");
        assertEquals(List.of(), tombstones().of(NGINX));
    }

    @Test
    void whatHadTheSameTagLaterLeavesTheEarlierTombstoneAndIsFoundByTheTag() {
        Tombstone earlier = tombstone(2, "latest");
        Tombstone later = at(tombstone(1, "latest"), NOON.plusSeconds(60), "r2");
        tombstones().put(List.of(later));
        tombstones().put(List.of(earlier));
        assertEquals(Optional.of(later), tombstones().get(NGINX, "latest"));
        assertEquals(Optional.of(earlier), tombstones().get(NGINX, earlier.digest(), "r1"));
        tombstones().remove(NGINX, earlier.digest(), "r2");
        tombstones().remove(NGINX, later.digest(), "r1");
        assertEquals(List.of(later, earlier), tombstones().of(NGINX), "neither is of that digest and run");
        tombstones().remove(NGINX, later.digest(), "r2");
        assertEquals(Optional.of(earlier), tombstones().get(NGINX, "latest"));
    }

    @Test
    void anImageThatWentTwiceHasATombstoneOfEachRun() {
        Tombstone first = tombstone(1, "1.27");
        Tombstone second = at(tombstone(1, "latest"), NOON.plusSeconds(60), "r0");
        tombstones().put(List.of(first, second));
        assertEquals(Optional.of(second), tombstones().get(NGINX, first.digest().value()));
        assertEquals(Optional.of(first), tombstones().get(NGINX, "1.27"));
        tombstones().remove(NGINX, second.digest(), "r0");
        assertEquals(Optional.empty(), tombstones().get(NGINX, "latest"));
        assertEquals(List.of(first), tombstones().of(NGINX));
    }

    @Test
    void aTagThatTheSameRunNoLongerFoundLeadsNowhere() {
        tombstones().put(List.of(tombstone(1, "1.27", "latest")));
        tombstones().put(List.of(tombstone(1, "1.27")));
        assertEquals(Optional.empty(), tombstones().get(NGINX, "latest"));
        assertEquals(List.of(tombstone(1, "1.27")), tombstones().of(NGINX));
    }

    @Test
    void anImageWithAThousandTagsIsFoundByEachAndRemovedWhole() {
        Tombstone grave = tombstone(
                1,
                IntStream.range(0, 1_000)
                        .mapToObj(number -> "a".repeat(120) + "-" + (1_000 + number))
                        .toArray(String[]::new));
        tombstones().put(List.of(grave));
        assertEquals(
                Optional.of(grave),
                tombstones().get(NGINX, grave.tags().getLast().value()));
        assertEquals(List.of(grave), tombstones().of(NGINX));
        tombstones().remove(NGINX, grave.digest(), "r1");
        assertEquals(
                Optional.empty(),
                tombstones().get(NGINX, grave.tags().getFirst().value()));
    }

    private static Tombstone at(Tombstone grave, Instant evictedAt, String run) {
        return new Tombstone(
                grave.repository(),
                grave.digest(),
                grave.tags(),
                grave.platforms(),
                grave.sizeBytes(),
                evictedAt,
                grave.reason(),
                grave.evidence(),
                run);
    }

    private static RunLine line(int number, RunLine.Outcome outcome) {
        return new RunLine(
                NGINX,
                digest(number),
                List.of(new Tag("t" + number)),
                OptionalLong.of(number),
                3,
                outcome,
                "not pulled",
                List.of("one", "two"));
    }

    private static Tombstone tombstone(int number, String... tags) {
        return new Tombstone(
                NGINX,
                digest(number),
                List.of(tags).stream().map(Tag::new).toList(),
                List.of(Platform.parse("linux/amd64")),
                OptionalLong.empty(),
                NOON,
                "not pulled",
                List.of("one"),
                "r1");
    }

    private static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }
}
