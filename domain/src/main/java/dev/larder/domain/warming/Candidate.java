package dev.larder.domain.warming;

import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import java.util.Comparator;

/**
 * An image worth warming.
 *
 * @param pinned whether the file asks for it
 * @param worth log2 of the pulls that it saves from being cold, for each pull that it costs at the upstream
 * @param detail why, one sentence
 */
public record Candidate(Tagged image, WarmReason reason, boolean pinned, double worth, int cost, String detail) {
    /** The best first: what is pinned before what is not, and what is missing before what is stale; then the worthiest. */
    public static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(
                    Candidate::pinned, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.pinned() && candidate.reason() == WarmReason.STALE)
            .thenComparing(Candidate::worth, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.image().toString());
}
