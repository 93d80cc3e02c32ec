package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Tag;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists that have no end, or come to none in time. */
class EndlessTagListsTest extends ListTagsFixture {
    @Test
    void aListThatNeverEndsIsGivenUpAfterAQuarterOfAMillionTags() {
        serve(Integer.MAX_VALUE);
        Failure failure = Looks.refused(FailureKind.TOO_LARGE, "TagListTooLong", look());
        assertTrue(failure.reason().contains("more than 251 pages and 251000 tags"), failure.reason());
        assertEquals(251, registry.requests().size());
    }

    @Test
    void aListOfSmallPagesThatNeverEndsIsGivenUpAfterTwoThousand() {
        registry.script(request -> Reply.of(
                200,
                page(last(request), last(request) + 1),
                "Link",
                "<" + LIST + "?last=" + (last(request) + 1) + ">; rel=\"next\""));
        TagListing soFar =
                TagListing.begun(Set.of(new Tag("x")), Optional.of(registry.url() + LIST + "?last=7"), 1998, 0);
        Failure failure = Looks.refused(FailureKind.TOO_LARGE, "TagListTooLong", look(soFar));
        assertTrue(failure.reason().contains("more than 2000 pages and 3 tags"), failure.reason());
        assertEquals(2, registry.requests().size());
    }

    @Test
    void aLinkThatComesBackIsFollowedOnce() {
        registry.script(request -> Reply.of(
                200, page(last(request), last(request) + 2), "Link", "<" + LIST + "?last=2&n=2>; rel=\"next\""));
        Looks.refused(FailureKind.BAD_ANSWER, "EndlessTagList", look());
        assertEquals(2, registry.requests().size());
    }

    @Test
    void pagesThatOnlyRepeatTheirTagsAreGivenUpAfterThree() {
        registry.script(request ->
                Reply.of(200, page(0, 2), "Link", "<" + LIST + "?last=" + (last(request) + 1) + ">; rel=\"next\""));
        Looks.refused(FailureKind.BAD_ANSWER, "EndlessTagList", look());
        assertEquals(4, registry.requests().size());
    }

    @Test
    void aPageWithoutEndIsNotReadToItsEnd() {
        registry.script(request -> Reply.streaming(exchange -> {
            exchange.getResponseBody().write("{\"manifest\":[".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] zeros = "0,".repeat(32 << 10).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                exchange.getResponseBody().write(zeros);
            }
        }));
        Looks.refused(FailureKind.TOO_LARGE, "TagListTooLong", look());
    }

    @Test
    void anUpstreamThatSendsAByteNowAndThenIsGivenUpInTime() {
        registry.script(request -> Reply.streaming(exchange -> {
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(20);
            }
        }));
        long start = System.nanoTime();
        Looks.refused(
                FailureKind.NETWORK,
                "Timeout",
                Looks.anonymous(Duration.ofMillis(400))
                        .tags(registry.upstream(), NGINX, TagListing.of(Optional.empty())));
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }
}
