package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import java.util.Optional;

/**
 * What an order brought into the cache.
 *
 * @param moved what its tag points at, when the upstream gave that just now, or ECR's check found nothing else; absent when
 *     it was served from the cache
 * @param unverified why it is not known that the upstream has this digest now; absent when it said so
 * @param answered whether the upstream was seen to answer: ECR serves what it has when it does not (ecr-facts 2.4)
 * @param behind why it is not what the upstream has by now, although that was asked for; absent when it is
 */
record Brought(
        Landed landed,
        Optional<Digest> moved,
        Optional<String> unverified,
        boolean answered,
        Optional<Failure> behind) {
    Brought {
        unverified = unverified.or(landed::unseen);
    }

    Brought(Landed landed, Optional<Digest> moved, Optional<String> unverified, boolean answered) {
        this(landed, moved, unverified, answered, Optional.empty());
    }

    /**
     * The same, of which the upstream is known to have this digest.
     *
     * @param said whether it said so to us just now
     */
    Brought verified(boolean said) {
        return new Brought(landed, moved, Optional.empty(), answered || said);
    }

    /** The same, of which that is not known. */
    Brought unverified(String why, boolean said) {
        return new Brought(landed, moved, Optional.of(why), said);
    }

    /** The same, of which the upstream has said that it has moved on. */
    Brought behind(Failure why) {
        return new Brought(landed, moved, Optional.of(why.reason()), true, Optional.of(why));
    }
}
