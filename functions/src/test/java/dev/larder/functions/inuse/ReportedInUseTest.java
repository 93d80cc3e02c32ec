package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.MovableClock;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.LocalTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportedInUseTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final ImageReference IMAGE = ImageReference.parse("quay/a/b:1");

    private final LocalTable local = new LocalTable();
    private final MovableClock clock = new MovableClock(NOW);
    private final ReportedLists lists = new DynamoDbReportedLists(local.table(), clock);
    private final InUseSources sources = new ReportedInUse(lists, clock);

    @AfterEach
    void close() {
        local.close();
    }

    private boolean put(String cluster, List<ImageReference> images) {
        Instant now = clock.instant();
        return lists.put(new ReportedList(cluster, now, now.plus(WEEK), images.size()), images);
    }

    private List<Item> parts(String cluster) {
        return local.table().partition(Key.IN_USE, "part#" + cluster + "#").toList();
    }

    @Test
    void nobodyReportedAnything() {
        assertEquals(List.of(), sources.now());
    }

    @Test
    void eachListIsASourceOfItsOwn() {
        assertTrue(put("prod-eks", List.of(IMAGE)));
        assertTrue(put("edge", List.of()));
        assertEquals(
                List.of(
                        InUse.of("the list of edge", Map.of()),
                        InUse.of(
                                "the list of prod-eks", Map.of(IMAGE, "prod-eks reported it at 2026-11-26T10:00:00Z"))),
                sources.now());
    }

    @Test
    void aListThatIsTooOldIsUnreadableUntilANewOneComesOrItIsRemoved() {
        put("prod-eks", List.of(IMAGE));
        clock.advance(WEEK);
        assertEquals(
                Optional.of(
                        "it is from 2026-11-26T10:00:00Z, older than 7d; report again, or when the cluster is no more:"
                                + " larder in-use remove --cluster prod-eks"),
                sources.now().getFirst().unreadable());
        put("prod-eks", List.of());
        assertEquals(List.of(InUse.of("the list of prod-eks", Map.of())), sources.now());
        assertTrue(lists.remove("prod-eks"));
        assertFalse(lists.remove("prod-eks"));
        assertEquals(List.of(), sources.now());
        assertEquals(List.of(), parts("prod-eks"));
    }

    @Test
    void aLongListComesInPartsThatTheNextOneReplaces() {
        List<ImageReference> images = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            images.add(ImageReference.parse("quay/team-" + i % 97 + "/service:" + i));
        }
        put("prod-eks", images);
        assertTrue(parts("prod-eks").size() > 2, () -> "" + parts("prod-eks").size());
        assertEquals(10_000, sources.now().getFirst().images().size());
        clock.advance(Duration.ofHours(1));
        put("prod-eks", List.of(IMAGE));
        assertEquals(1, parts("prod-eks").size());
    }

    @Test
    void halfAListIsNeverReadAsAWholeOne() {
        put("prod-eks", List.of(IMAGE));
        local.table().delete(parts("prod-eks").getFirst().key());
        assertEquals(
                List.of(InUse.unreadable("the list of prod-eks", "not all of it is in the table; report again")),
                sources.now());
    }

    @Test
    void anEarlierListThatArrivesLaterIsLeftOut() {
        put("prod-eks", List.of(IMAGE));
        ReportedList late = new ReportedList("prod-eks", NOW.minusSeconds(60), NOW.plus(WEEK), 0);
        assertFalse(lists.put(late, List.of()));
        assertEquals(Optional.of(List.of(IMAGE)), lists.images("prod-eks"));
        assertEquals(1, parts("prod-eks").size());
    }

    @Test
    void aListThatIsDatedInTheFutureIsUnreadableAndGivesWayToTheNext() {
        Instant ahead = NOW.plus(Duration.ofDays(40));
        assertTrue(lists.put(new ReportedList("prod-eks", ahead, ahead.plus(WEEK), 1), List.of(IMAGE)));
        assertEquals(
                List.of(InUse.unreadable(
                        "the list of prod-eks",
                        "it is dated 2027-01-05T10:00:00Z, and now it is 2026-11-26T10:00:00Z: the clock of who reported"
                                + " it is ahead; set it right and report again, or when the cluster is no more: larder"
                                + " in-use remove --cluster prod-eks")),
                sources.now());
        assertTrue(put("prod-eks", List.of()));
        assertEquals(List.of(InUse.of("the list of prod-eks", Map.of())), sources.now());
        assertEquals(1, parts("prod-eks").size());
    }

    @Test
    void aClockMayBeSomeMinutesAhead() {
        Instant ahead = NOW.plus(ReportedList.AHEAD);
        lists.put(new ReportedList("prod-eks", ahead, ahead.plus(WEEK), 1), List.of(IMAGE));
        assertEquals(Optional.empty(), sources.now().getFirst().unreadable());
        assertFalse(put("prod-eks", List.of()), "that list is the later one");
    }

    @Test
    void aTableThatDoesNotAnswerIsUnreadable() {
        local.client().deleteTable(delete -> delete.tableName(LocalTable.NAME));
        InUse answer = sources.now().getFirst();
        assertTrue(answer.unreadable().orElseThrow().contains("ResourceNotFoundException"), answer.toString());
    }

    @Test
    void aPartExpiresAndAHeadDoesNot() {
        put("prod-eks", List.of(IMAGE));
        assertTrue(parts("prod-eks").getFirst().whole(Attributes.EXPIRES_AT).isPresent());
        Item head = local.table().get(Key.inUseList("prod-eks")).orElseThrow();
        assertTrue(head.whole(Attributes.EXPIRES_AT).isEmpty(), head.toString());
    }

    @Test
    void aClustersNameIsOne() {
        assertThrows(IllegalArgumentException.class, () -> new ReportedList("a#b", NOW, NOW, 0));
        assertThrows(IllegalArgumentException.class, () -> new ReportedList("", NOW, NOW, 0));
    }
}
