package dev.larder.functions.inuse;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images of this registry that were seen in use so far, each with the first who was seen to use it. */
final class Sighted {
    private final RegistryHosts hosts;
    private final Map<ImageReference, String> images = new HashMap<>();

    Sighted(RegistryHosts hosts) {
        this.hosts = hosts;
    }

    Map<ImageReference, String> images() {
        return images;
    }

    /**
     * Takes an image as a service names it; those of other registries are passed over, and names that no client could
     * pull by.
     *
     * @param digest what it was resolved to; null when the service does not say
     */
    void add(@Nullable String image, @Nullable String digest, String user) {
        if (image == null || !(hosts.read(image) instanceof RegistryHosts.Named.Here(List<ImageReference> here))) {
            return;
        }
        here.forEach(named -> images.putIfAbsent(named, user));
        if (digest != null && Digest.isDigest(digest)) {
            images.putIfAbsent(new Digested(here.getFirst().repository(), new Digest(digest)), user);
        }
    }
}
