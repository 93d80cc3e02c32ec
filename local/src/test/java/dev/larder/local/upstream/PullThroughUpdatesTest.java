package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRequest;
import dev.larder.local.oci.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a day makes of a cached tag, and what becomes of it when the upstream is off. */
class PullThroughUpdatesTest extends PullThroughFixture {
    @Test
    void aPullWithinADayDoesNotContactTheUpstream() throws Exception {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        Manifest first = images.get(NGINX, "1");
        upstream.forgetRequests();
        clock.advance(Duration.ofHours(24).minusSeconds(1));

        assertEquals(first, images.get(NGINX, "1"));

        assertEquals(List.of(), upstream.requests());
    }

    @Test
    void aPullAfterADayChecksTheTagWithoutFetchingIt() throws Exception {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        Manifest first = images.get(NGINX, "1");
        upstream.forgetRequests();
        events.lines.clear();
        clock.advance(Duration.ofHours(24));

        assertEquals(first, images.get(NGINX, "1"));
        assertEquals(first, images.get(NGINX, "1"));

        assertEquals(
                List.of("HEAD"),
                upstream.requests().stream().map(FixtureRequest::method).toList());
        assertEquals(List.of(), events.lines);
    }

    @Test
    void aTagThatMovedIsUpdatedAfterADayAndItsOldImageStays() throws Exception {
        Digest old = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        Digest moved = upstream.publish("library/nginx", "1", FixtureImage.small(2));
        clock.advance(Duration.ofHours(1));
        assertEquals(old, images.get(NGINX, "1").digest());
        clock.advance(Duration.ofHours(23));

        assertEquals(moved, images.get(NGINX, "1").digest());

        assertEquals(old, images.get(NGINX, old.value()).digest());
        assertEquals("SUCCESS " + NGINX + ":1 " + moved, events.lines.getLast());
    }

    @Test
    void anUpstreamThatDoesNotAnswerHeadIsAskedForTheManifest() throws Exception {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        Digest moved = upstream.publish("library/nginx", "1", FixtureImage.small(2));
        clock.advance(Duration.ofHours(25));
        upstream.faults(
                request -> request.method().equals("HEAD") ? Optional.of(new Fault.Status(405)) : Optional.empty());

        assertEquals(moved, images.get(NGINX, "1").digest());
    }

    @Test
    void anUpstreamThatIsOffIsSurvivedByWhatIsCached() throws Exception {
        Digest old = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        clock.advance(Duration.ofHours(25));
        upstream.switchOff();

        assertEquals(old, images.get(NGINX, "1").digest());

        assertEquals("FAILURE " + NGINX + ":1 UpstreamUnavailable", events.lines.getLast());
        upstream.switchOn();
        Digest moved = upstream.publish("library/nginx", "1", FixtureImage.small(2));
        assertEquals(moved, images.get(NGINX, "1").digest());
    }

    @Test
    void aHalfUpdateLeavesTheOldImageServed() throws Exception {
        Digest old = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        clock.advance(Duration.ofHours(25));
        upstream.publish("library/nginx", "1", FixtureImage.small(2));
        upstream.faults(request -> request.isBlob() ? Optional.of(new Fault.Truncated()) : Optional.empty());

        assertEquals(old, images.get(NGINX, "1").digest());
        assertEquals(3, state.repositories().get(NGINX).manifests.size());
    }
}
