package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of tags: when they are read, page by page, and where a run goes on. */
class LookingAtListsTest extends LookingFixture {
    @Test
    void aListIsReadWhenItIsDueAndAskedForByItsVersionTheNextTime() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.26", "1.27");
        assertEquals(List.of("LIST " + NGINX), look());
        assertEquals(List.of(), look(), "it was just read");
        assertEquals(2, cell.planned().size(), "the planner knows the tags");

        cell.clock.advance(Duration.ofDays(4));
        String version = known(NGINX).version().orElseThrow();
        assertEquals(List.of("LIST " + NGINX + " unless " + version), look());
        assertEquals(Optional.of(cell.clock.instant()), known(NGINX).listedAt());
        assertEquals(List.of(), look());
    }

    @Test
    void aListIsReadPageByPageAsTheBudgetAllows() {
        both();
        cell.pin(TOOL + ":v*");
        registries.list(TOOL, "v1", "v2", "v3");
        registries.pages = 3;
        assertEquals(List.of("LIST " + TOOL), look());
        assertEquals(
                List.of(
                        TOOL + ", the list of tags: the budget is spent",
                        TOOL + ", the list of tags: the next run goes on after 1 pages"),
                outcome.putOff());
        assertEquals(List.of(), look(), "nothing is owed, and nothing is left");
        assertEquals(Set.of(), known(TOOL).tags().keySet(), "half a list says nothing of what is gone");
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL + " from page 2"), look());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL + " from page 3"), look());
        assertEquals(3, known(TOOL).tags().size());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL), look(), "it is read from its beginning again");
    }

    @Test
    void aLongListHasItsTurnAndGoesOnInTheNextRun() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.25", "1.26", "1.27", "1.28");
        registries.list(REDIS, "7.1", "7.2", "7.3", "7.4");
        registries.pages = 4;
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofSeconds(15));
        assertEquals(
                List.of(
                        "LIST " + NGINX,
                        "LIST " + NGINX + " from page 2",
                        "LIST " + REDIS,
                        "LIST " + REDIS + " from page 2"),
                look());
        assertEquals(4, look().size());
        assertEquals(4, known(NGINX).tags().size());
        assertEquals(4, known(REDIS).tags().size());
    }

    @Test
    void aListThatIsRefusedInTheMiddleGoesOnWhereItWas() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.25", "1.26", "1.27");
        registries.pages = 3;
        registries.beforeArrival = () -> {
            if (registries.asked.size() == 2) {
                registries.refusals.put("docker-hub", new Failure(FailureKind.NETWORK, "Timeout", "too slow"));
            }
        };
        assertEquals(2, look().size());
        registries.beforeArrival = () -> {};
        registries.refusals.clear();
        assertEquals(List.of("LIST " + NGINX + " from page 2", "LIST " + NGINX + " from page 3"), look());
        assertEquals(3, known(NGINX).tags().size());
    }

    @Test
    void aPlaceThatTheUpstreamHasForgottenIsTheBeginningAgain() {
        both();
        cell.pin(TOOL + ":v*");
        registries.list(TOOL, "v1", "v2", "v3");
        registries.pages = 3;
        look();
        cell.clock.advance(Duration.ofHours(7));
        registries.refusals.put("quay", new Failure(FailureKind.NOT_FOUND, "Http404", "no such page"));
        assertEquals(1, look().size());
        registries.refusals.clear();
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL), look());
    }

    @Test
    void aListThatAlwaysHangsKeepsNoOtherFromBeingRead() {
        String[] lists = {NGINX, REDIS, "docker-hub/library/apache", "docker-hub/library/zsh"};
        cell.pin(NGINX + ":1*", REDIS + ":1*", lists[2] + ":1*", lists[3] + ":1*");
        for (String list : lists) {
            registries.list(list, "1");
        }
        Failure hangs = new Failure(FailureKind.NETWORK, "Timeout", "too slow");
        Set<String> read = new HashSet<>();
        for (int run = 0; run < 12; run++) {
            registries.beforeArrival = () -> {
                boolean slow = registries.asked.getLast().contains("apache")
                        || registries.asked.getLast().contains("nginx");
                registries.refusals.clear();
                if (slow) {
                    registries.refusals.put("docker-hub", hangs);
                }
            };
            look();
            cell.clock.advance(Duration.ofMinutes(15));
        }
        for (String list : lists) {
            if (!known(list).tags().isEmpty()) {
                read.add(list);
            }
        }
        assertEquals(Set.of(REDIS, lists[3]), read);
    }

    @Test
    void newTagsAreLookedForEverySixHoursWhereTheFileWantsThem() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.26");
        look();
        registries.list(NGINX, "1.26", "1.27");
        cell.clock.advance(Duration.ofHours(5));
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(1, look().size());
        assertEquals(2, known(NGINX).tags().size());
    }

    @Test
    void aHundredThousandTagsAreKeptAndNoPlanHasToReadThem() {
        cell.pin(NGINX + ":9.99999");
        cell.daily(6, NGINX + ":1.0.0");
        cell.pulled(NGINX + ":1.0.0", NOON.minusSeconds(60));
        registries.list(
                NGINX, IntStream.range(0, 100_000).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        assertEquals(List.of("LIST " + NGINX), look());
        assertEquals(100_000, known(NGINX).tags().size());
        assertEquals(0, sightings(NGINX).news().tags().size(), "nobody knows how old those of the first list are");
        cell.clock.advance(Duration.ofDays(14));
        registries.list(
                NGINX, IntStream.range(0, 100_001).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        look();
        assertEquals(List.of("1.0.100000"), news(NGINX));
    }

    private List<String> news(String repository) {
        return sightings(repository).news().tags().stream()
                .map(tag -> tag.version().tag().value())
                .toList();
    }

    @Test
    void aListThatTurnsOutEndlessInALaterRunIsNotBegunAgainAtOnce() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.25", "1.26", "1.27");
        registries.pages = 3;
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofSeconds(31));
        assertEquals(List.of("LIST " + NGINX), look());
        registries.refusals.put("docker-hub", new Failure(FailureKind.BAD_ANSWER, "EndlessTagList", "no new tag"));
        assertEquals(List.of("LIST " + NGINX + " from page 2"), look());
        registries.refusals.clear();
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + NGINX), look());
    }
}
