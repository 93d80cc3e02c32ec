package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.oci.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullThroughReferrersTest {
    private static final String NGINX = "mirror/library/nginx";

    private final FixtureRegistry upstream = FixtureRegistry.start();
    private final MemoryCacheState state = new MemoryCacheState();
    private final MovableClock clock = new MovableClock();
    private final PullThrough images = new PullThrough(state, new RecordedEvents(), arn -> Optional.empty(), clock);
    private Digest image;

    @BeforeEach
    void cacheAnImage() throws Exception {
        state.rule("mirror", upstream.url());
        image = upstream.publish("library/nginx", "1", FixtureImage.small(1));
        images.get(NGINX, "1");
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void aSignatureComesWhenItIsAskedForAndNotWithItsImage() {
        Digest signature = upstream.sign("library/nginx", image);
        assertEquals(Optional.empty(), state.manifest(NGINX, signature));
        images.bringReferrers(NGINX, image);
        assertEquals(Optional.of(image), state.manifest(NGINX, signature).flatMap(Manifest::subject));
    }

    @Test
    void theUpstreamIsAskedAgainAfterSixHours() {
        images.bringReferrers(NGINX, image);
        upstream.forgetRequests();
        Digest signature = upstream.sign("library/nginx", image);
        clock.advance(PullThrough.REFERRERS_VALIDITY.minusSeconds(1));
        images.bringReferrers(NGINX, image);
        assertEquals(List.of(), upstream.requests());
        clock.advance(Duration.ofSeconds(1));
        images.bringReferrers(NGINX, image);
        assertEquals(true, state.manifest(NGINX, signature).isPresent());
    }

    @Test
    void anUpstreamThatDoesNotAnswerLeavesWhatIsCached() {
        Digest signature = upstream.sign("library/nginx", image);
        upstream.switchOff();
        images.bringReferrers(NGINX, image);
        assertEquals(Optional.empty(), state.manifest(NGINX, signature));
        upstream.switchOn();
        images.bringReferrers(NGINX, image);
        assertEquals(true, state.manifest(NGINX, signature).isPresent(), "nobody has been asked before");
    }

    @Test
    void aSecretThatIsMissingIsTheCallersToKnow() {
        state.dropRules();
        state.rule(new CacheRule(
                "mirror",
                Optional.empty(),
                upstream.url(),
                CacheRule.ROOT,
                Optional.of("arn:aws:secretsmanager:none")));
        assertEquals(
                "UnableToListUpstreamImageReferrersException",
                assertThrows(AwsException.class, () -> images.bringReferrers(NGINX, image))
                        .code());
    }

    @Test
    void nobodyIsAskedForWhatIsNotCachedOrUnderNoRule() {
        upstream.forgetRequests();
        images.bringReferrers(NGINX, new Digest("sha256:" + "0".repeat(64)));
        state.dropRules();
        images.bringReferrers(NGINX, image);
        assertEquals(List.of(), upstream.requests());
    }
}
