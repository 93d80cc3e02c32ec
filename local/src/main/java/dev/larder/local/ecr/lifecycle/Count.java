package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which of the images that a rule selects it marks. */
sealed interface Count {
    List<Image> marked(List<Image> selected, Instant now);

    /**
     * {@code imageCountMoreThan}: all but the newest.
     *
     * @param images how many stay
     */
    record MoreThan(int images) implements Count {
        /**
         * Images that an index references are neither ranked nor marked: previews of ECR do not count them
         * (DefangLabs/pulumi-defang#466). Inferred: they are not marked in the same evaluation as their index either,
         * but ranked in the next one, when it is gone.
         */
        @Override
        public List<Image> marked(List<Image> selected, Instant now) {
            return selected.stream()
                    .filter(image -> image.referencedBy().isEmpty())
                    .sorted(Moment.OLDEST_FIRST.reversed())
                    .skip(images)
                    .toList();
        }
    }

    /**
     * {@code sinceImagePushed}, {@code sinceImagePulled} and {@code sinceImageTransitioned}: those of more than an age.
     * One of exactly that age stays, as in ECR's example of an untagged image pushed one day ago.
     *
     * @param moment what the age is measured from
     * @param age whole days
     */
    record Since(Moment moment, Duration age) implements Count {
        @Override
        public List<Image> marked(List<Image> selected, Instant now) {
            Instant limit = now.minus(age);
            return selected.stream()
                    .filter(image -> moment.of(image).filter(limit::isAfter).isPresent())
                    .toList();
        }
    }
}
