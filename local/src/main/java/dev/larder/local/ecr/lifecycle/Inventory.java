package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The images of a repository by digest. */
record Inventory(Map<Digest, Image> byDigest) {
    static Inventory of(Collection<Image> images) {
        Map<Digest, Image> byDigest = new LinkedHashMap<>();
        for (Image image : images) {
            if (byDigest.put(image.digest(), image) != null) {
                throw new IllegalArgumentException("image " + image.digest()
                        + " was given twice to a lifecycle policy; give each image of the repository once");
            }
        }
        return new Inventory(byDigest);
    }

    Collection<Image> images() {
        return byDigest.values();
    }

    Optional<Image> find(Digest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }
}
