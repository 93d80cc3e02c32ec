package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link UpstreamTags} does. */
abstract class UpstreamTagsContract {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00.250Z");
    static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    static final KnownTags TWO_TAGS = KnownTags.none(NGINX)
            .listed(Set.of(new Tag("1.26"), new Tag("1.27")), Optional.of("\"etag\""), NOON)
            .looked(new Tag("1.27"), new Digest("sha256:" + "1".repeat(64)), NOON.plusSeconds(1));

    abstract UpstreamTags tags();

    @Test
    void ofARepositoryThatNobodyLookedAtNothingIsKnown() {
        assertEquals(KnownTags.none(NGINX), tags().of(NGINX));
    }

    @Test
    void whatIsKeptIsReadBackAsItWas() {
        tags().keep(TWO_TAGS);
        assertEquals(TWO_TAGS, tags().of(NGINX));
        assertEquals(
                KnownTags.none(new RepositoryName("docker-hub/library/nginx2")),
                tags().of(new RepositoryName("docker-hub/library/nginx2")));
    }

    @Test
    void aLaterListReplacesTheOneBeforeAndItsVersion() {
        tags().keep(TWO_TAGS);
        KnownTags later = TWO_TAGS.listed(Set.of(new Tag("2")), Optional.empty(), NOON.plusSeconds(60));
        tags().keep(later);
        tags().keep(later);
        assertEquals(later, tags().of(NGINX));
    }

    @Test
    void anUnchangedListIsKeptWithItsNewTime() {
        tags().keep(TWO_TAGS);
        KnownTags later = TWO_TAGS.unchanged(NOON.plusSeconds(60));
        tags().keep(later);
        assertEquals(later, tags().of(NGINX));
    }

    @Test
    void aRepositoryWithoutTagsIsKnownToHaveNone() {
        KnownTags empty = KnownTags.none(NGINX).listed(Set.of(), Optional.empty(), NOON);
        tags().keep(empty);
        assertEquals(empty, tags().of(NGINX));
    }

    @Test
    void tagsThatWereFoundOneByOneNeedNoList() {
        KnownTags found = KnownTags.none(NGINX).looked(new Tag("1"), new Digest("sha256:" + "2".repeat(64)), NOON);
        tags().keep(found);
        assertEquals(found, tags().of(NGINX));
    }
}
