package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** CloudTrail tells whole seconds, so that nothing says in which order a client made its calls. */
class SameSecondTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final Tagged TAG = new Tagged(NGINX, new Tag("1.27"));
    private static final Digest INDEX = new Digest("sha256:" + "a1".repeat(32));
    private static final Digest CHILD = new Digest("sha256:" + "b2".repeat(32));
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Tagging TAGGING = new Tagging(
            List.of(new Tagging.Move(TAG.tag(), NOON.minusSeconds(60), Optional.of(INDEX))),
            Map.of(INDEX, Map.of(CHILD, Optional.of(AMD64))),
            Map.of());

    private int events;

    @Test
    void tagIndexAndChildAreOnePullWhateverTheirEventsAreCalled() {
        for (int run = 0; run < 50; run++) {
            List<CountedPull> pulls =
                    count(List.of(call(new Digested(NGINX, CHILD)), call(new Digested(NGINX, INDEX)), call(TAG)));
            assertEquals(1, pulls.size());
            assertEquals(TAG, pulls.getFirst().image());
            assertEquals(Set.of(AMD64), pulls.getFirst().platforms());
        }
    }

    @Test
    void aHundredPullsOfOneCallerInOneSecondAreAHundred() {
        List<Fetch> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(call(TAG));
            calls.add(call(new Digested(NGINX, CHILD)));
        }
        List<CountedPull> pulls = count(calls);
        assertEquals(100, pulls.size());
        assertEquals(
                100,
                pulls.stream().filter(pull -> pull.platforms().contains(AMD64)).count());
    }

    private List<CountedPull> count(List<Fetch> calls) {
        return new PullCounting(repository -> TAGGING).count(LogHour.of(NOON), calls);
    }

    private Fetch call(ImageReference image) {
        events++;
        return new Fetch(
                image,
                new Caller("arn:aws:iam::111122223333:role/node", Optional.of("i-1")),
                EventHash.of("event " + events),
                NOON,
                true,
                Optional.empty());
    }
}
