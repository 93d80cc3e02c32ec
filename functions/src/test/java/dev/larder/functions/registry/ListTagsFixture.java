package dev.larder.functions.registry;

import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A client that lists tags, and a registry that does as it is told. */
abstract class ListTagsFixture {
    static final RepositoryName NGINX = new RepositoryName("mirror/library/nginx");
    static final String LIST = "/v2/library/nginx/tags/list";
    final ScriptedRegistry registry = new ScriptedRegistry();
    final UpstreamRegistries client = Looks.anonymous(Duration.ofSeconds(20));

    @AfterEach
    void close() {
        registry.close();
    }

    Looked<TagListing> look() {
        return look(TagListing.of(Optional.empty()));
    }

    /** The rest of a list, with the requests of all its pages. */
    Looked<TagListing> look(TagListing before) {
        Looked<TagListing> page = client.tags(registry.upstream(), NGINX, before);
        int requests = page.requests();
        while (page instanceof Looked.Found<TagListing> found && !found.value().isComplete()) {
            page = client.tags(registry.upstream(), NGINX, found.value());
            requests += page.requests();
        }
        return switch (page) {
            case Looked.Found<TagListing> found -> new Looked.Found<>(found.value(), requests, found.limit());
            case Looked.Unchanged<TagListing> same -> new Looked.Unchanged<>(requests, same.limit());
            case Looked.Refused<TagListing> refused ->
                new Looked.Refused<>(refused.failure(), requests, refused.limit());
        };
    }

    static String page(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"v" + i + "\"")
                .collect(Collectors.joining(",", "{\"name\":\"library/nginx\",\"tags\":[", "]}"));
    }

    static int last(ScriptedRegistry.Request request) {
        String query = request.target().replaceFirst(".*last=", "");
        return request.target().contains("last=") ? Integer.parseInt(query.replaceFirst("&.*", "")) : 0;
    }

    /** So many tags in pages of a thousand, each with a Link to the next. */
    void serve(int tags) {
        registry.script(request -> {
            int from = last(request);
            int to = Math.min(tags, from + 1_000);
            return to == tags
                    ? Reply.of(200, page(from, to))
                    : Reply.of(200, page(from, to), "Link", "<" + LIST + "?last=" + to + "&n=1000>; rel=\"next\"");
        });
    }
}
