package dev.larder.domain.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one source says is in use now: ECS, Lambda, a list that a cluster reported.
 *
 * @param source its name, for people: {@code ECS}, {@code Lambda}, {@code the list of prod-eks}
 * @param images who uses each, for people
 * @param unreadable why it could not be read, so that nobody knows what else is in use; absent when it could
 */
public record InUse(String source, Map<ImageReference, String> images, Optional<String> unreadable) {
    /** Copies the map. */
    public InUse {
        images = Map.copyOf(images);
    }

    /** A source that answered. */
    public static InUse of(String source, Map<ImageReference, String> images) {
        return new InUse(source, images, Optional.empty());
    }

    /** A source that did not. */
    public static InUse unreadable(String source, String why) {
        return new InUse(source, Map.of(), Optional.of(why));
    }

    /** Who uses the manifest, by its digest or by a tag that points at it; absent when nobody that this source knows does. */
    public Optional<String> by(Manifest manifest) {
        Stream<ImageReference> names = Stream.concat(
                Stream.of(new Digested(manifest.repository(), manifest.digest())),
                KeepTag.without(manifest.tags()).stream().map(tag -> new Tagged(manifest.repository(), tag)));
        return names.flatMap(name -> Optional.ofNullable(images.get(name)).stream())
                .findFirst();
    }
}
