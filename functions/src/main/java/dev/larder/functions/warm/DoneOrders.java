package dev.larder.functions.warm;

import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether an order is done, to the worker that gets it once more and to whoever waits for it. It is done when an
 * attempt of its own has warmed the image, or when another order has that did all that this one asks for, as far as the
 * record says.
 */
public final class DoneOrders {
    private final WarmLeases leases;
    private final ImageRecords images;

    /** Takes what it reads. */
    public DoneOrders(WarmLeases leases, ImageRecords images) {
        this.leases = leases;
        this.images = images;
    }

    /** Whether there is nothing left to do for it. */
    public boolean isDone(WarmOrder order) {
        Optional<Instant> warmed =
                images.warmth(order.image()).warmedAt().filter(at -> !at.isBefore(order.notBefore()));
        return warmed.isPresent() && (isOwn(order, warmed.get()) || (isAsked(order) && isWhole(order)));
    }

    /** An attempt that failed is none, although another order has warmed the image before it. */
    private boolean isOwn(WarmOrder order, Instant warmed) {
        return leases.progress(order.image())
                .filter(last -> last.orderId().equals(order.orderId()) && !warmed.isBefore(last.from()))
                .isPresent();
    }

    /**
     * An order that was content with what the cache had does not stand for one that wants the upstream asked. For a person
     * who wants that, nor does ECR's check: ECR serves what it has when the upstream does not answer (ecr-facts 2.4).
     */
    private boolean isAsked(WarmOrder order) {
        if (!order.refresh() || !(order.image() instanceof Tagged tagged)) {
            return true;
        }
        Optional<TaggedImage> known = images.tagged(tagged);
        return known.flatMap(order.reason().isPlanned() ? TaggedImage::checkedAt : TaggedImage::importedAt)
                .filter(at -> !at.isBefore(order.notBefore()))
                .isPresent();
    }

    /** The other order may have asked for other platforms. */
    private boolean isWhole(WarmOrder order) {
        Optional<StoredManifest> warm = digest(order.image())
                .flatMap(digest -> images.manifest(order.image().repository(), digest));
        if (warm.flatMap(StoredManifest::mediaType).isEmpty()) {
            return order.platforms().isEmpty();
        }
        Set<Platform> verified = warm.get().platforms();
        return warm.get().children().isEmpty()
                || (!order.platforms().isEmpty() && order.platforms().stream().allMatch(asked -> has(verified, asked)))
                || verified.containsAll(offered(warm.get(), order.platforms()));
    }

    private static boolean has(Set<Platform> verified, Platform asked) {
        return verified.stream().anyMatch(asked::accepts);
    }

    /** What an index lists of the platforms that are asked for: what it lacks, no order can bring. */
    private List<Platform> offered(StoredManifest index, List<Platform> asked) {
        return listed(index).stream()
                .filter(listed -> asked.isEmpty() || asked.stream().anyMatch(platform -> platform.accepts(listed)))
                .toList();
    }

    private List<Platform> listed(StoredManifest index) {
        Tagging tagging = images.tagging(index.image().repository());
        return index.children().stream()
                .flatMap(child -> tagging.platformOf(child).stream())
                .sorted()
                .toList();
    }

    /** The platforms that a cached image's index lists; none of an image without an index, whose manifest does not say. */
    public List<Platform> platforms(ImageReference image) {
        return digest(image)
                .flatMap(digest -> images.manifest(image.repository(), digest))
                .filter(manifest -> !manifest.children().isEmpty())
                .map(this::listed)
                .orElse(List.of());
    }

    private Optional<Digest> digest(ImageReference image) {
        return switch (image) {
            case Tagged tagged -> images.tagged(tagged).flatMap(TaggedImage::digest);
            case Digested digested -> Optional.of(digested.digest());
        };
    }
}
