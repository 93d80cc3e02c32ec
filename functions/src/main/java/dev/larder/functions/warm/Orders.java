package dev.larder.functions.warm;

import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Candidates;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.List;

/**
 * Makes warm orders of candidates.
 *
 * @param platforms that must be there afterwards
 */
record Orders(ImageRecords records, List<Platform> platforms) {
    /**
     * An order.
     *
     * @param run what makes it unique and repeatable: the same run asks for the same image by the same order
     */
    WarmOrder of(Candidate candidate, String run, Instant now) {
        return WarmOrder.atOnce(
                run + "/" + candidate.image(),
                candidate.image(),
                candidate.reason(),
                platforms,
                candidate.reason() == WarmReason.STALE && isFresh(candidate, now),
                now);
    }

    /** While ECR takes the tag for fresh, asking for it is not enough; once it does not, asking is. */
    private boolean isFresh(Candidate candidate, Instant now) {
        return records.tagged(candidate.image())
                .flatMap(TaggedImage::checkedAt)
                .map(at -> now.isBefore(at.plus(Candidates.FRESH_FOR)))
                .orElse(true);
    }
}
