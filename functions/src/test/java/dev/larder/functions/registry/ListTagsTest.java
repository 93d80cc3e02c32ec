package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Tag;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags, page by page. */
class ListTagsTest extends ListTagsFixture {
    @Test
    void aListOfOnePageIsKnownByItsETagAndAskedForOnlyWhenItChanged() {
        registry.script(request -> request.header("if-none-match").equals(Optional.of("W/\"7\""))
                ? Reply.of(304, "")
                : Reply.of(200, "{\"tags\":[\"1\",\"2\",\"1\"]}", "ETag", "W/\"7\""));
        TagListing list = Looks.found(look());
        assertEquals(Set.of(new Tag("1"), new Tag("2")), list.tags());
        assertEquals(Optional.of("W/\"7\""), list.version());
        assertEquals(new Looked.Unchanged<TagListing>(1, Optional.empty()), look(TagListing.of(list.version())));
        assertEquals(
                list.tags(),
                Looks.found(look(TagListing.of(Optional.of("\"6\"")))).tags());
        assertEquals("GET " + LIST + "?n=1000", registry.lines().getFirst());
    }

    @Test
    void aListOfSeveralPagesIsReadToItsEndAndHasNoVersion() {
        registry.script(request -> switch (last(request)) {
            case 0 -> Reply.of(200, page(0, 2), "ETag", "\"a\"", "Link", "<" + LIST + "?last=2&n=2>; rel=\"next\"");
            case 2 ->
                Reply.of(
                        200,
                        page(2, 4),
                        "Link",
                        "<" + LIST + "?last=0>; rel=\"first\", <" + registry.url() + LIST + "?last=4>; REL=next");
            default -> Reply.of(200, page(4, 5), "Link", "<" + LIST + "?last=0>; rel=\"prev\"");
        });
        Looked<TagListing> looked = look(TagListing.of(Optional.of("\"old\"")));
        assertEquals(5, Looks.found(looked).tags().size());
        assertEquals(Optional.empty(), Looks.found(looked).version());
        assertEquals(3, looked.requests());
        assertEquals(
                List.of(Optional.of("\"old\""), Optional.empty(), Optional.empty()),
                registry.requests().stream()
                        .map(request -> request.header("if-none-match"))
                        .toList());
    }

    @Test
    void aHundredThousandTagsAreReadInAHundredPagesOrInOne() {
        serve(100_000);
        Looked<TagListing> pages = look();
        assertEquals(100_000, Looks.found(pages).tags().size());
        assertEquals(100, pages.requests());
        registry.script(request -> Reply.of(200, page(0, 100_000)));
        assertEquals(Looks.found(pages).tags(), Looks.found(look()).tags());
    }

    @Test
    void aListIsReadOnFromWhereItWasLeft() {
        serve(5_000);
        TagListing begun = Looks.found(client.tags(registry.upstream(), NGINX, TagListing.of(Optional.empty())));
        assertEquals(1_000, begun.tags().size());
        assertEquals(List.of("GET " + LIST + "?n=1000"), registry.lines());
        TagListing whole = Looks.found(look(begun));
        assertEquals(5_000, whole.tags().size());
        assertEquals(5, registry.requests().size());
        assertEquals("GET " + LIST + "?last=1000&n=1000", registry.lines().get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://169.254.169.254/latest/meta-data>; rel=\"next\"",
                "<https://127.0.0.1/v2/library/nginx/tags/list>; rel=\"next\"",
                "<//elsewhere.example/v2/library/nginx/tags/list>; rel=\"next\"",
                "<file:///etc/passwd>; rel=\"next\"",
                "</v2/library/redis/tags/list?last=1>; rel=\"next\"",
                "<>; rel=\"next\"",
                "<http://[>; rel=\"next\"",
                "</v2/library/nginx/tags/list?last=a b>; rel=next"
            })
    void aLinkToElsewhereIsNotFollowed(String link) {
        registry.script(request -> Reply.of(200, page(0, 2), "Link", link));
        Failure failure = Looks.refused(FailureKind.BAD_ANSWER, "BadLink", look());
        assertTrue(failure.reason().contains("expected one on " + registry.url()), failure.reason());
        assertEquals(1, registry.requests().size());
    }

    @Test
    void aLinkThatIsNoneIsTheEnd() {
        registry.script(request -> Reply.of(200, page(0, 2), "Link", "next please"));
        assertEquals(2, Looks.found(look()).tags().size());
    }

    @Test
    void entriesThatAreNoTagsAreLeftOut() {
        registry.script(request -> Reply.of(
                200,
                "{\"tags\":[\"good\",\"\",\"../etc\",\".hidden\",\"a b\",\"\\u0000\",null,7,{\"a\":[1]},[\"x\"],\""
                        + "x".repeat(129) + "\",\"3.20\"],\"name\":\"n\"}"));
        assertEquals(
                Set.of(new Tag("good"), new Tag("3.20")), Looks.found(look()).tags());
    }

    @Test
    void aRepositoryWithoutTagsHasNone() {
        registry.script(request -> Reply.of(200, "{\"name\":\"n\",\"manifest\":{\"a\":{\"b\":[1]}},\"tags\":null}"));
        assertEquals(Set.of(), Looks.found(look()).tags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Please log in to the hotel's network</html>",
                "",
                "[]",
                "{}",
                "{\"tags\":\"all\"}",
                "{\"tags\":[\"1\",",
                "{\"tags\":[\"1\"",
                "\"tags\"",
                "{\"errors\":[]}"
            })
    void whatIsNoListIsSaidToBeNone(String body) {
        registry.script(request -> Reply.of(200, body));
        Failure failure = Looks.refused(FailureKind.BAD_ANSWER, "BadTagList", look());
        assertTrue(failure.reason().startsWith("could not list the tags of library/nginx at http"), failure.reason());
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "429, UPSTREAM_LIMIT", "500, UPSTREAM_UNAVAILABLE", "403, DENIED"})
    void aRefusalOfALaterPageIsARefusalOfAll(int status, FailureKind kind) {
        registry.script(request -> last(request) == 0
                ? Reply.of(200, page(0, 2), "Link", "<" + LIST + "?last=2>; rel=\"next\"")
                : Reply.of(status, "{\"errors\":[{\"code\":\"NO\",\"message\":\"not\\nnow\"}]}"));
        Looked<TagListing> looked = look();
        Failure failure = Looks.refused(kind, "Http" + status, looked);
        assertTrue(failure.reason().contains("it answered " + status + " (NO: not?now)"), failure.reason());
        assertEquals(2, looked.requests());
    }

    @Test
    void aBrokenConnectionIsNoShortList() {
        registry.script(request -> Reply.streaming(exchange -> {
            exchange.getResponseBody().write("{\"tags\":[\"1\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            throw new java.io.IOException("broken off on purpose");
        }));
        assertEquals(
                true,
                look() instanceof Looked.Refused<TagListing>(Failure failure, int requests, var limit)
                        && (failure.kind() == FailureKind.NETWORK || failure.kind() == FailureKind.BAD_ANSWER));
    }

    @Test
    void theNextPageIsWhereARedirectLedAsRegistryK8sIoWantsIt() {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            registry.script(request -> Reply.of(307, "", "Location", other.url() + request.target()));
            other.script(request -> last(request) == 0
                    ? Reply.of(200, page(0, 2), "Link", "<" + LIST + "?last=2>; rel=\"next\"")
                    : Reply.of(200, page(2, 3)));
            assertEquals(3, Looks.found(look()).tags().size());
            assertEquals(1, registry.requests().size());
        }
    }
}
