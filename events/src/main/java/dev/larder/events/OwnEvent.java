package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Larder tells others through EventBridge: source {@code larder}. */
public sealed interface OwnEvent extends Event {
    /** The {@code source} of Larder's own events. */
    String SOURCE = "larder";

    /** The envelope's detail-type. */
    String detailType();

    /** When it happened: the envelope's time. */
    Instant at();

    /** The envelope's {@code detail}, as JSON: what PutEvents takes. */
    default String detail() {
        return OwnJson.detail(this);
    }

    /**
     * The whole event as EventBridge would deliver it, which {@link EventParser#parse} reads back.
     *
     * @param id the event's id, which EventBridge gives in an account
     */
    default String toJson(String id, String account, String region) {
        return OwnJson.envelope(this, id, account, region);
    }

    /**
     * An image is in the cache before anyone asked.
     *
     * @param platforms those that are there
     * @param absent those that were wanted and that the upstream does not offer
     * @param sizeBytes layers, configuration and manifests of all of them; absent when ECR did not tell
     * @param unverified why it is not known that the upstream has this digest now; absent when it said so after the import
     * @param took from taking the order to seeing the image
     */
    record ImageWarmed(
            String orderId,
            ImageReference image,
            Digest digest,
            WarmReason reason,
            List<Platform> platforms,
            List<Platform> absent,
            Optional<Long> sizeBytes,
            Optional<String> unverified,
            Duration took,
            Instant at)
            implements OwnEvent {
        /** The detail-type. */
        public static final String DETAIL_TYPE = "Larder Image Warmed";

        /** Copies the lists. */
        public ImageWarmed {
            platforms = List.copyOf(platforms);
            absent = List.copyOf(absent);
        }

        @Override
        public String detailType() {
            return DETAIL_TYPE;
        }
    }

    /**
     * An image could not be brought into the cache.
     *
     * @param failureCode ECR's code where it gave one, else Larder's
     * @param failureReason for people
     * @param willRetry whether the order is tried again without anyone's doing
     */
    record ImageWarmFailed(
            String orderId,
            ImageReference image,
            WarmReason reason,
            String failureCode,
            String failureReason,
            boolean willRetry,
            Instant at)
            implements OwnEvent {
        /** The detail-type. */
        public static final String DETAIL_TYPE = "Larder Image Warm Failed";

        @Override
        public String detailType() {
            return DETAIL_TYPE;
        }
    }

    /**
     * What is pulled a lot in one cell, for the other cells that are to have it, too.
     *
     * @param cell account and region, {@code 111122223333/eu-central-1}
     * @param images at most {@link #MOST}
     */
    record ImagesPopular(String cell, List<Wanted> images, Instant at) implements OwnEvent {
        /** The detail-type. */
        public static final String DETAIL_TYPE = "Larder Images Popular";

        /** Images in one event: an entry of PutEvents holds 256 KiB, and the longest image is 390 characters. */
        public static final int MOST = 100;

        private static final Pattern CELL = Pattern.compile("\\d{12}/[a-z0-9-]+");

        /**
         * An image.
         *
         * @param pullsPerDay lately, in that cell; more than none
         */
        public record Wanted(ImageReference.Tagged image, double pullsPerDay) {
            /** @throws IllegalArgumentException when the number of pulls is no number above 0 */
            public Wanted {
                if (!(pullsPerDay > 0 && Double.isFinite(pullsPerDay))) {
                    throw new IllegalArgumentException(
                            image + " with " + pullsPerDay + " pulls a day; expected a number above 0");
                }
            }
        }

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when the cell has another shape, or there are too many images
         */
        public ImagesPopular {
            cell(cell);
            images = List.copyOf(images);
            if (images.size() > MOST) {
                throw new IllegalArgumentException(
                        images.size() + " images in one event of " + cell + "; expected at most " + MOST);
            }
        }

        static String cell(String text) {
            if (!CELL.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "not a cell: '" + text + "'; expected account/region such as 111122223333/eu-central-1");
            }
            return text;
        }

        @Override
        public String detailType() {
            return DETAIL_TYPE;
        }
    }

    /**
     * An image is gone, by the evidence that nobody needs it.
     *
     * @param runId the sweep that did it
     * @param tags those it had
     * @param reason the rule by which it went
     * @param evidence what was seen, for people
     */
    record ImageEvicted(
            String runId,
            RepositoryName repository,
            Digest digest,
            List<Tag> tags,
            List<Platform> platforms,
            Optional<Long> sizeBytes,
            String reason,
            String evidence,
            Instant at)
            implements OwnEvent {
        /** The detail-type. */
        public static final String DETAIL_TYPE = "Larder Image Evicted";

        /** Copies the lists. */
        public ImageEvicted {
            tags = List.copyOf(tags);
            platforms = List.copyOf(platforms);
        }

        @Override
        public String detailType() {
            return DETAIL_TYPE;
        }
    }

    /**
     * ECR's word on a rule's credentials has changed: they were good and are not, or are good again.
     *
     * @param prefix the rule's
     * @param failure why ECR cannot use them; absent when it can
     */
    record RuleChecked(String prefix, Optional<String> failure, Instant at) implements OwnEvent {
        /** The detail-type. */
        public static final String DETAIL_TYPE = "Larder Rule Checked";

        /** Whether ECR can use the rule's credentials. */
        public boolean valid() {
            return failure.isEmpty();
        }

        @Override
        public String detailType() {
            return DETAIL_TYPE;
        }
    }
}
