package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Freshness;
import dev.larder.functions.table.TaggedImage;
import java.util.Optional;

/** What comes when ECR checks a tag that is in the cache, and before that only if the tag is taken off. */
public final class NotDue {
    /** The code of such a failure. */
    public static final String CODE = "TagNotDue";

    /** What a person says who wants it all the same. */
    static final String TAKE_OFF = "--take-tag-off";

    private NotDue() {}

    /**
     * Says so.
     *
     * @param what what was found
     * @param tag the tag as it is in the cache, which says when ECR asks the upstream again
     * @param sooner the command that takes the tag off
     */
    static Failure failure(String what, Optional<TaggedImage> tag, String sooner) {
        String when = tag.flatMap(TaggedImage::checkedAt)
                .map(at -> " after " + at.plus(Freshness.FRESH_FOR))
                .orElse(", 24 hours after its last check");
        return new Failure(
                FailureKind.NOT_FOUND,
                CODE,
                what + ": ECR asks the upstream again" + when + ". Sooner comes " + sooner
                        + ", which takes the tag off for the seconds of the import; a pull that may not import fails in them");
    }
}
