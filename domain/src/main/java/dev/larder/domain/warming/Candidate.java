package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.Tariff;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * An image worth warming.
 *
 * @param image by tag, or by digest
 * @param by of an image by digest: a tag that is said to point at it
 * @param asked whether the file asks for it, or a user did: such go first, whatever they save
 * @param saves cold pulls that it saves within a day, on average
 * @param notBefore before this it would be in vain: ECR trusts its last check
 * @param refresh whether ECR has to be made to ask the upstream before
 * @param waiting since when the image is not as it should be: of those asked for, the longest waiting goes first
 * @param detail why, one sentence
 */
public record Candidate(
        ImageReference image,
        Optional<Tag> by,
        WarmReason reason,
        boolean asked,
        double saves,
        Price price,
        Instant notBefore,
        boolean refresh,
        Instant waiting,
        String detail) {
    private static final Price USUAL = Price.importing(ImportSize.UNKNOWN, Tariff.MANIFESTS);

    /** An image by digest has the tag of no other. */
    private static final Tag NONE = new Tag("_");

    /**
     * The best first: those asked for, the longest waiting first; then those that save the most for what they cost; of the
     * same repository the newest version first.
     */
    public static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(
                    Candidate::asked, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.asked() ? candidate.waiting() : Instant.MIN)
            .thenComparing(Candidate::worth, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.image().repository().value())
            .thenComparing(Candidate::tag, VersionTag.NEWEST_FIRST)
            .thenComparing(candidate -> candidate.image().toString());

    /** The same, of which it is known that it costs so much. */
    public Candidate costing(int tokens) {
        return new Candidate(
                image, by, reason, asked, saves, price.costing(tokens), notBefore, refresh, waiting, detail);
    }

    Candidate paying(int tokens) {
        return new Candidate(
                image, by, reason, asked, saves, price.paying(tokens), notBefore, refresh, waiting, detail);
    }

    private Tag tag() {
        return image instanceof Tagged tagged ? tagged.tag() : NONE;
    }

    /**
     * The same, where an image that comes in more parts than usual counts as a usual one: what its platforms, and their
     * attestations, take of the budget makes it come later, but not less worth having.
     */
    double worthAtUsualSize() {
        return saves / Math.min(price.weight(), USUAL.weight());
    }

    /** Cold pulls saved for each request, bytes counted as requests. */
    public double worth() {
        return saves / price.weight();
    }
}
