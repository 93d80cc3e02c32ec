package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.upstream.KnownTags.Seen;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KnownTagsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final KnownTags NONE = KnownTags.none(new RepositoryName("docker-hub/library/nginx"));
    private static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    private static final Digest TWO = new Digest("sha256:" + "2".repeat(64));
    private static final Tag OLD = new Tag("1.26");
    private static final Tag NEW = new Tag("1.27");

    private static Seen unseen(Instant firstSeen) {
        return new Seen(firstSeen, Optional.empty(), Optional.empty());
    }

    @Test
    void theTagsOfTheFirstListAreOfUnknownAge() {
        KnownTags first = NONE.listed(Set.of(OLD), Optional.of("etag"), NOON);
        assertEquals(Map.of(OLD, unseen(Instant.EPOCH)), first.tags());
        assertEquals(Optional.of(NOON), first.listedAt());
        assertEquals(Optional.of("etag"), first.version());
    }

    @Test
    void aTagThatIsNewInALaterListIsAsOldAsThatListAndOneThatIsNotInItIsGone() {
        KnownTags second = NONE.listed(Set.of(OLD), Optional.of("etag"), NOON)
                .looked(OLD, ONE, NOON)
                .listed(Set.of(OLD, NEW), Optional.empty(), NOON.plusSeconds(60));
        assertEquals(
                Map.of(
                        OLD,
                        new Seen(Instant.EPOCH, Optional.of(ONE), Optional.of(NOON)),
                        NEW,
                        unseen(NOON.plusSeconds(60))),
                second.tags());
        assertEquals(Optional.empty(), second.version(), "of several pages");
        assertEquals(
                Set.of(NEW),
                second.listed(Set.of(NEW), Optional.empty(), NOON.plusSeconds(120))
                        .tags()
                        .keySet());
    }

    @Test
    void aListOfBeforeTheLastOneChangesNothing() {
        KnownTags known = NONE.listed(Set.of(OLD), Optional.empty(), NOON);
        assertEquals(known, known.listed(Set.of(NEW), Optional.empty(), NOON.minusSeconds(1)));
        assertEquals(known, known.unchanged(NOON.minusSeconds(1)));
    }

    @Test
    void anUnchangedListIsAsGoodAsANewOne() {
        KnownTags known = NONE.listed(Set.of(OLD), Optional.of("etag"), NOON);
        KnownTags later = known.unchanged(NOON.plusSeconds(60));
        assertEquals(Optional.of(NOON.plusSeconds(60)), later.listedAt());
        assertEquals(known.tags(), later.tags());
        assertEquals(Optional.of("etag"), later.version());
        assertEquals(NONE, NONE.unchanged(NOON), "there is no list that could be");
    }

    @Test
    void aLaterLookCountsAndALateOneDoesNot() {
        KnownTags known = NONE.looked(OLD, ONE, NOON).looked(OLD, TWO, NOON.plusSeconds(60));
        assertEquals(known, known.looked(OLD, ONE, NOON.plusSeconds(30)));
        assertEquals(Optional.of(TWO), known.tags().get(OLD).digest());
    }

    @Test
    void aTagThatIsFoundBeforeTheFirstListIsOfUnknownAgeAndOneAfterItIsNew() {
        KnownTags before = NONE.looked(OLD, ONE, NOON).listed(Set.of(OLD), Optional.empty(), NOON.plusSeconds(1));
        assertEquals(Instant.EPOCH, before.tags().get(OLD).firstSeen());
        KnownTags after = before.looked(NEW, TWO, NOON.plusSeconds(2));
        assertEquals(NOON.plusSeconds(2), after.tags().get(NEW).firstSeen());
        assertEquals(Set.of(OLD), after.gone(NEW).tags().keySet());
        assertEquals(after, after.gone(new Tag("never-there")));
    }

    @Property
    void theSameNewsTwiceIsOnce(
            @ForAll Set<@IntRange(max = 20) Integer> first,
            @ForAll Set<@IntRange(max = 20) Integer> second,
            @ForAll @IntRange(max = 20) int looked) {
        KnownTags known = NONE.listed(tags(first), Optional.of("a"), NOON).looked(tag(looked), ONE, NOON);
        KnownTags once = known.listed(tags(second), Optional.of("b"), NOON.plusSeconds(1));
        assertEquals(once, once.listed(tags(second), Optional.of("b"), NOON.plusSeconds(1)));
        assertEquals(tags(second), once.tags().keySet());
        KnownTags after = once.looked(tag(looked), TWO, NOON.plusSeconds(2));
        assertEquals(after, after.looked(tag(looked), TWO, NOON.plusSeconds(2)));
    }

    private static Tag tag(int number) {
        return new Tag("v" + number);
    }

    private static Set<Tag> tags(Set<Integer> numbers) {
        return Set.copyOf(numbers.stream().map(KnownTagsTest::tag).toList());
    }
}
