package dev.larder.functions.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.Messages;
import dev.larder.testevents.TestEvents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deletions, which may be told late, and twice. */
class CacheDeletionsTest extends CacheEventFixture {
    @Test
    void aDeletionForgetsTheTagAndKeepsItsUsage() {
        deliver(SUCCESS, "ecr/image-action-delete-cached.json");
        var image = images.tagged(NGINX).orElseThrow();
        assertEquals(Optional.empty(), image.digest());
        var tagging = images.tagging(NGINX.repository());
        assertTrue(tagging.wasCached(NGINX.tag(), IMPORTED.plusSeconds(60)));
        assertFalse(tagging.wasCached(NGINX.tag(), IMPORTED.plusSeconds(86_400)));
    }

    @Test
    void aManifestThatIsDeletedWithItsLastTagIsForgottenWithIt() {
        Tagged other = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27.3");
        images.imported(NGINX, INDEX, IMPORTED);
        images.imported(other, INDEX, IMPORTED);
        describe(INDEX, Set.of(CHILD));
        describe(CHILD, Set.of());
        deliver("ecr/image-action-delete-cached.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent(), "it has another tag");
        String second = TestEvents.json("ecr/image-action-delete-cached.json").replace("\"1.27\"", "\"1.27.3\"");
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.of(List.of(second)), null)));
        assertEquals(Optional.empty(), images.manifest(NGINX.repository(), INDEX));
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent(), "nothing was said of it");
    }

    @Test
    void aManifestThatAnIndexListsStaysWhenItsTagGoes() {
        images.imported(NGINX, INDEX, IMPORTED);
        describe(INDEX, Set.of());
        describe(OLD, Set.of(INDEX));
        deliver("ecr/image-action-delete-cached.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent());
    }

    @Test
    void aManifestThatWasSeenOrPulledSinceItWasDeletedStays() {
        describe(INDEX, Set.of());
        describe(CHILD, Set.of());
        Instant later = Instant.parse("2026-11-24T11:00:02Z");
        images.warmed(new Digested(NGINX.repository(), INDEX), Optional.empty(), later);
        images.warmed(new Digested(NGINX.repository(), CHILD), Optional.empty(), later);
        deliver("ecr/image-action-delete-cached.json", "ecr/image-action-delete-untagged.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent());
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent());
    }

    @Test
    void aTagThatARefreshTookOffIsNotForgottenSinceTheRecordPutsItBackWhenTheRefreshIsCutOff() {
        images.imported(NGINX, INDEX, IMPORTED);
        leases.acquire(NGINX, "refresh", Instant.parse("2026-11-24T10:59:59Z"));
        deliver("ecr/image-action-delete-cached.json");
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
    }

    @Test
    void aDeletionThatIsToldAfterTheImageCameBackForgetsNothing() {
        images.imported(NGINX, INDEX, Instant.parse("2026-11-24T11:00:01Z"));
        images.pulled(new Digested(NGINX.repository(), CHILD), Instant.parse("2026-11-24T11:00:02Z"));
        deliver("ecr/image-action-delete-cached.json", "ecr/image-action-delete-untagged.json");
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent());
    }

    @Test
    void aDeletedManifestIsForgotten() {
        describe(CHILD, Set.of());
        deliver("ecr/image-action-delete-untagged.json");
        assertEquals(Optional.empty(), images.manifest(NGINX.repository(), CHILD));
    }
}
