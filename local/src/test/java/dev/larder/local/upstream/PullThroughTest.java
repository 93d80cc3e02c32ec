package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.CacheState.CachedTag;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.fixture.FixtureRequest;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Pulls of images of a cache rule, and imports. */
class PullThroughTest extends PullThroughFixture {
    @Test
    void theFirstPullImportsTheIndexAndEveryImageItLists() throws Exception {
        Digest published = upstream.publish(
                "library/nginx",
                "1",
                new FixtureImage(
                        List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm/v7")), 1, 2, 5000, true));

        Manifest served = images.get(NGINX, "1");

        assertEquals(published, served.digest());
        assertEquals(4, served.children().size());
        for (Descriptor child : served.children()) {
            Manifest image = images.get(NGINX, child.digest().value());
            assertEquals(child.size(), image.content().length());
            assertTrue(image.blobs().stream().allMatch(blob -> state.blobs.has(blob.digest())));
        }
        assertEquals(Optional.of(new CachedTag(published, clock.instant())), state.tag(NGINX, "1"));
        assertEquals(List.of("SUCCESS " + NGINX + ":1 " + published), events.lines);
    }

    @Test
    void aDigestThatIsNotCachedIsNotImported() throws Exception {
        Digest published = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        state.createRepository(NGINX);

        ImageUnavailableException missing =
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, published.value()));

        assertEquals("ImageNotFound", missing.failureCode());
        assertTrue(missing.getMessage().contains("pull a tag"), missing.getMessage());
        assertEquals(List.of(), upstream.requests());
    }

    @Test
    void aTagThatTheUpstreamDoesNotHaveCreatesNothing() {
        ImageUnavailableException missing =
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, "nope"));

        assertEquals("ImageNotFound", missing.failureCode());
        assertEquals(Map.of(), state.repositories());
        assertEquals(List.of("FAILURE " + NGINX + ":nope ImageNotFound"), events.lines);
    }

    @Test
    void aTagThatNoRegistryCouldHoldIsRefusedHere() {
        ImageUnavailableException refused =
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, "../../secret"));

        assertEquals("InvalidImageTag", refused.failureCode());
        assertEquals(List.of(), upstream.requests());
    }

    @Test
    void aRepositoryWithoutRuleIsServedAsItIs() throws Exception {
        Digest published = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        state.dropRules();
        clock.advance(Duration.ofDays(30));
        upstream.forgetRequests();

        assertEquals(published, images.get(NGINX, "1").digest());
        assertEquals(
                "ImageNotFound",
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, "2"))
                        .failureCode());
        assertEquals(
                "RepositoryNotFoundException",
                assertThrows(AwsException.class, () -> images.get("other/app", "1"))
                        .code());
        assertEquals(List.of(), upstream.requests());
    }

    @Test
    void anArchivedImageIsNotFound() throws Exception {
        Digest published = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        state.archive(NGINX, published);
        upstream.forgetRequests();

        assertEquals(
                "ImageNotFound",
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, "1"))
                        .failureCode());
        assertEquals(List.of(), upstream.requests());
    }

    @Test
    void aDeletedImageIsImportedAfresh() throws Exception {
        Digest old = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
        Digest moved = upstream.publish("library/nginx", "1", FixtureImage.small(2));
        state.delete(NGINX, old);

        assertEquals(moved, images.get(NGINX, "1").digest());
    }

    @Test
    void theLongestPrefixDecidesAndTheUpstreamPrefixIsPutInFront() throws Exception {
        try (FixtureRegistry other = FixtureRegistry.start()) {
            state.rule(new CacheRule("mirror/team", Optional.empty(), other.url(), "products", Optional.empty()));
            Digest published = other.publish("products/app", "1", FixtureImage.small(3));

            assertEquals(published, images.get("mirror/team/app", "1").digest());
            assertEquals(List.of(), upstream.requests());
        }
    }

    @Test
    void pullsAtTheSameTimeShareOneImport() throws Exception {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        int pulls = 20;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Manifest>> served = new ArrayList<>();
            for (int i = 0; i < pulls; i++) {
                Callable<Manifest> pull = () -> {
                    start.await();
                    return images.get(NGINX, "1");
                };
                served.add(clients.submit(pull));
            }
            start.countDown();
            for (Future<Manifest> one : served) {
                assertEquals(served.getFirst().get(), one.get());
            }
        }
        long tagRequests =
                upstream.requests().stream().filter(FixtureRequest::isTag).count();
        assertEquals(1, tagRequests);
        assertEquals(
                1,
                events.lines.stream().filter(line -> line.startsWith("SUCCESS")).count());
    }

    @Test
    void aChildThatTheUpstreamLostEndsTheImport() {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        upstream.faults(request ->
                request.isManifest() && !request.isTag() ? Optional.of(new Fault.Status(404)) : Optional.empty());

        ImageUnavailableException incomplete =
                assertThrows(ImageUnavailableException.class, () -> images.get(NGINX, "1"));

        assertEquals("UpstreamUnavailable", incomplete.failureCode());
        assertTrue(incomplete.getMessage().contains("incomplete"), incomplete.getMessage());
        assertEquals(Map.of(), state.repositories());
    }

    @Test
    void aFullDiskIsToldAndRecordsNothing() {
        upstream.publish("library/nginx", "1", FixtureImage.small(1));
        state.blobs.full = true;

        AwsException failure = assertThrows(AwsException.class, () -> images.get(NGINX, "1"));

        assertEquals("ServerException", failure.code());
        assertTrue(failure.message().contains("No space left on device"), failure.message());
        assertTrue(failure.message().contains("make room"), failure.message());
        assertEquals(Map.of(), state.repositories());
        assertEquals(List.of(), events.lines);
    }

    @Test
    void theSecretsCredentialsOpenTheUpstream() throws Exception {
        upstream.requireToken("larder", "s3cret");
        upstream.publish("app", "1", FixtureImage.small(1));
        state.rule(new CacheRule("private", Optional.empty(), upstream.url(), "ROOT", Optional.of("arn:secret")));

        assertEquals(
                "UnableToGetUpstreamImageException",
                assertThrows(AwsException.class, () -> images.get("private/app", "1"))
                        .code());
        secrets.put("arn:secret", new UpstreamCredentials("larder", "wrong"));
        assertEquals(
                "UpstreamAccessDenied",
                assertThrows(ImageUnavailableException.class, () -> images.get("private/app", "1"))
                        .failureCode());
        secrets.put("arn:secret", new UpstreamCredentials("larder", "s3cret"));
        assertFalse(images.get("private/app", "1").children().isEmpty());
    }
}
