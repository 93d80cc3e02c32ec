package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What the age of an image is measured from, with the count type that says so. */
enum Moment {
    /** The push, or the last restore from the archive if there was one. */
    PUSHED("sinceImagePushed") {
        @Override
        Optional<Instant> of(Image image) {
            return Optional.of(pushedOrRestored(image));
        }
    },
    /** The last pull; the last restore if there was no pull since; the push if there was neither. */
    PULLED("sinceImagePulled") {
        @Override
        Optional<Instant> of(Image image) {
            Instant start = pushedOrRestored(image);
            return Optional.of(image.lastPulledAt()
                    .filter(pulled -> image.lastActivatedAt().isEmpty() || pulled.isAfter(start))
                    .orElse(start));
        }
    },
    /** The move to the archive. An archived image without that date has no age and is never marked by it. */
    TRANSITIONED("sinceImageTransitioned") {
        @Override
        Optional<Instant> of(Image image) {
            return image.archivedAt();
        }
    };

    /** The order ECR acts in: by the move to the archive for archived images, else by push or restore. */
    static final Comparator<Image> OLDEST_FIRST =
            Comparator.comparing(Moment::orderedBy).thenComparing(Image::digest);

    private final String countType;

    Moment(String countType) {
        this.countType = countType;
    }

    abstract Optional<Instant> of(Image image);

    String countType() {
        return countType;
    }

    private static Instant orderedBy(Image image) {
        return image.archived() ? image.archivedAt().orElse(image.pushedAt()) : pushedOrRestored(image);
    }

    private static Instant pushedOrRestored(Image image) {
        return image.lastActivatedAt().orElse(image.pushedAt());
    }
}
