package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.util.Optional;

/** {@link UpstreamRegistries} that are never asked, for where nothing may be sent to them. */
public final class UnaskedRegistries implements UpstreamRegistries {
    private static final Failure NOT_ASKED =
            new Failure(FailureKind.ACCESS, "NotAsked", "upstreams are not asked directly here");

    @Override
    public Looked<Digest> digest(Upstream upstream, Tagged image) {
        return new Looked.Refused<>(NOT_ASKED, 0, Optional.empty());
    }

    @Override
    public Looked<TagList> tags(Upstream upstream, RepositoryName repository, Optional<String> version) {
        return new Looked.Refused<>(NOT_ASKED, 0, Optional.empty());
    }
}
