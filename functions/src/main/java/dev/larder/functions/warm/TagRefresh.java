package dev.larder.functions.warm;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import java.util.List;
import java.util.Optional;

/**
 * Makes ECR compare a tag with its upstream before the last check is 24 hours old.
 *
 * <p>ECR offers no call for that. A tag that is not there is imported afresh, so the tag is taken off and asked for. (The
 * user guide says so of a deleted image; that it also holds for a tag whose image stays is inferred: ecr-facts 2.4.) The
 * image is put under a keep tag before, so that it does not go with its last tag; and the tag is put back when the
 * upstream does not give it. For the moment between, a puller is served by the same import.
 */
public final class TagRefresh {
    private final ImageCache cache;

    /** @param cache the images */
    public TagRefresh(ImageCache cache) {
        this.cache = cache;
    }

    /**
     * Refreshes the tag.
     *
     * @param known the digest that the tag had by the record: put back when a refresh was cut off before and the upstream
     *     does not have the tag any more
     * @return what the upstream has, in the cache
     * @throws WarmFailedException when the upstream did not give it; the tag is as it was
     */
    CachedManifest refresh(Tagged image, Optional<Digest> known) throws WarmFailedException {
        CachedManifest before = switch (cache.get(image)) {
            case ImageCache.Answer.Found(CachedManifest found) -> found;
            case ImageCache.Answer.Refused(Failure failure) -> {
                known.map(digest -> cache.manifests(image.repository(), List.of(digest))
                                .get(digest))
                        .ifPresent(lost -> cache.tag(image.repository(), lost, image.tag()));
                throw new WarmFailedException(failure);
            }
        };
        Tag keep = KeepTag.of(before.digest());
        cache.tag(image.repository(), before, keep);
        CachedManifest after = importAfresh(image, before);
        if (after.digest().equals(before.digest())) {
            cache.untag(new Tagged(image.repository(), keep));
        }
        return after;
    }

    private CachedManifest importAfresh(Tagged image, CachedManifest before) throws WarmFailedException {
        try {
            cache.untag(image);
            return switch (cache.get(image)) {
                case ImageCache.Answer.Found(CachedManifest after) -> after;
                case ImageCache.Answer.Refused(Failure failure) -> throw new WarmFailedException(failure);
            };
        } catch (WarmFailedException | CacheException e) {
            cache.tag(image.repository(), before, image.tag());
            throw e;
        }
    }
}
