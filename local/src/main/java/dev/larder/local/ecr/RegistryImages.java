package dev.larder.local.ecr;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.inuse.RegistryHosts;
import java.util.List;
import java.util.Optional;

/** Images of the registry by the names that ECS and Lambda are given. */
public final class RegistryImages {
    private final RegistryHosts hosts;
    private final CacheState state;

    /** @param hosts under which clients know the registry */
    public RegistryImages(RegistryHosts hosts, CacheState state) {
        this.hosts = hosts;
        this.state = state;
    }

    /**
     * What a name points at.
     *
     * @param name {@code host/repository:tag} or {@code host/repository@digest}
     * @return absent when the image is elsewhere or not there
     */
    public Optional<Digest> digest(String name) {
        return hosts.read(name) instanceof RegistryHosts.Named.Here(List<ImageReference> images)
                ? digest(images.getFirst())
                : Optional.empty();
    }

    private Optional<Digest> digest(ImageReference image) {
        String repository = image.repository().value();
        return switch (image) {
            case Tagged tagged -> state.tag(repository, tagged.tag().value()).map(CacheState.CachedTag::digest);
            case Digested digested ->
                state.manifest(repository, digested.digest()).map(manifest -> digested.digest());
        };
    }
}
