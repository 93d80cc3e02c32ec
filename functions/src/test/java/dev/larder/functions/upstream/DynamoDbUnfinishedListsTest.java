package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.table.LocalTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoDbUnfinishedListsTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final RepositoryName REDIS = new RepositoryName("docker-hub/library/redis");

    private final LocalTable local = new LocalTable();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T12:00:00Z"));
    private final UnfinishedLists lists = new DynamoDbUnfinishedLists(local.table(), clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void whatWasKeptLastIsThereAndNothingOfWhatWasBefore() {
        assertEquals(Optional.empty(), lists.of(NGINX));
        TagListing first = listing(100_000, 100);
        lists.keep(NGINX, first);
        lists.keep(REDIS, listing(3, 1));
        assertEquals(shown(first), kept());
        TagListing second = listing(100_001, 101);
        lists.keep(NGINX, second);
        assertEquals(shown(second), kept());
        long whole = items();
        lists.keep(NGINX, second);
        assertEquals(whole, items(), "parts that nobody names are deleted");
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() {
        lists.keep(NGINX, listing(3, 1));
        lists.forget(NGINX);
        lists.forget(NGINX);
        assertEquals(Optional.empty(), lists.of(NGINX));
        assertEquals(0, items());
    }

    @Test
    void aListThatIsNotFinishedInAWeekBeginsAnew() {
        lists.keep(NGINX, listing(3, 1));
        clock.advance(Duration.ofDays(4));
        lists.keep(NGINX, listing(4, 2));
        clock.advance(Duration.ofDays(3));
        assertEquals(Optional.empty(), lists.of(NGINX));
        lists.keep(NGINX, listing(2, 1));
        assertEquals(shown(listing(2, 1)), kept());
    }

    private long items() {
        return local.table().consistentPartition("upstream-list#" + NGINX).count();
    }

    private static TagListing listing(int tags, int pages) {
        return TagListing.begun(
                IntStream.range(0, tags).mapToObj(i -> new Tag("v" + i)).collect(Collectors.toSet()),
                Optional.of("https://registry-1.docker.io/v2/library/nginx/tags/list?last=v1&n=1000"),
                pages,
                Math.min(pages, 2));
    }

    private List<Object> kept() {
        return shown(lists.of(NGINX).orElseThrow());
    }

    private static List<Object> shown(TagListing listing) {
        return List.of(listing.tags(), listing.version(), listing.next(), listing.pages(), listing.idle());
    }
}
