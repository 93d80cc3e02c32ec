package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.net.URI;

/**
 * A repository as its upstream has it.
 *
 * @param upstream under whose prefix it is cached
 * @param base the upstream's URL, without a path
 * @param repository without the prefix: {@code library/nginx}
 */
record UpstreamAddress(Upstream upstream, URI base, String repository) {
    /** @throws IllegalArgumentException when the repository is not under the upstream's prefix */
    static UpstreamAddress of(Upstream upstream, RepositoryName cached) {
        if (!cached.value().startsWith(upstream.prefix() + "/")) {
            throw new IllegalArgumentException(cached + " is not cached from " + upstream.prefix());
        }
        String url = upstream.url().contains("://") ? upstream.url() : "https://" + upstream.url();
        return new UpstreamAddress(
                upstream,
                URI.create(url),
                cached.value().substring(upstream.prefix().length() + 1));
    }

    URI manifest(Tag tag) {
        return URI.create(base + "/v2/" + repository + "/manifests/" + tag);
    }

    URI manifest(Digest digest) {
        return URI.create(base + "/v2/" + repository + "/manifests/" + digest);
    }

    URI tags(int pageSize) {
        return URI.create(base + "/v2/" + repository + "/tags/list?n=" + pageSize);
    }

    boolean hasOriginOf(URI uri) {
        return Origin.of(base).equals(Origin.of(uri));
    }
}
