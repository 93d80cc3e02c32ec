package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.Tariff;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An image worth warming.
 *
 * @param image by tag, or by digest
 * @param by of an image by digest: a tag that is said to point at it
 * @param asked whether the file asks for it, or a user did: such go first, whatever they save
 * @param saves cold pulls that it saves within a day, on average
 * @param notBefore before this it would be in vain: ECR trusts its last check
 * @param refresh whether ECR has to be made to ask the upstream before
 * @param turn how many images are before it of those that the same one asks for, served ones included
 * @param waiting since when the image is not as it should be: of those whose turn it is, the longest waiting goes first
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
        int turn,
        Instant waiting,
        String detail) {
    private static final Price USUAL = Price.importing(ImportSize.UNKNOWN, Tariff.MANIFESTS);

    /** What a user failed to get. */
    private static final Set<WarmReason> MISSED = EnumSet.of(WarmReason.FAILED_PULL, WarmReason.EVICTED_TOO_EARLY);

    /** The claim of what the file asks for. */
    private static final int FILE = 0;

    /** The claim of what nobody asks for. */
    private static final int REST = 2;

    /** An image by digest has the tag of no other. */
    private static final Tag NONE = new Tag("_");

    /**
     * The best first: what the file asks for, then what users failed to get, of each the ones whose turn it is, the longest
     * waiting first; then those that save the most for what they cost; of the same repository the newest version first.
     */
    public static final Comparator<Candidate> BEST_FIRST = Comparator.comparingInt(Candidate::claim)
            .thenComparingInt(candidate -> candidate.asked() ? candidate.turn() : 0)
            .thenComparing(candidate -> candidate.asked() ? candidate.waiting() : Instant.MIN)
            .thenComparing(Candidate::worth, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.image().repository().value())
            .thenComparing(Candidate::tag, VersionTag.NEWEST_FIRST)
            .thenComparing(candidate -> candidate.image().toString());

    private static final int QUARTERS = 4;

    /**
     * What the file asks for first, then what users failed to get, then the rest. In one quarter of each day, another one each
     * day, what users failed to get comes first, then the rest: what the file asks for must not take all there is.
     */
    public static Comparator<Candidate> byClaim(Instant now) {
        int file = isUsersTurn(now) ? REST + 1 : FILE;
        return Comparator.comparingInt(candidate -> candidate.claim() == FILE ? file : candidate.claim());
    }

    private static boolean isUsersTurn(Instant now) {
        long quarter = Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds() / QUARTERS);
        return Math.floorMod(quarter, QUARTERS) == Math.floorMod(Math.floorDiv(quarter, QUARTERS) + 2, QUARTERS);
    }

    /** Whether the file asks for it. */
    public boolean isOfTheFile() {
        return claim() == FILE;
    }

    /** The same, of which it is known that it costs so much. */
    public Candidate costing(int tokens) {
        return new Candidate(
                image, by, reason, asked, saves, price.costing(tokens), notBefore, refresh, turn, waiting, detail);
    }

    Candidate paying(int tokens) {
        return new Candidate(
                image, by, reason, asked, saves, price.paying(tokens), notBefore, refresh, turn, waiting, detail);
    }

    /** The same, before which so many images are of those that the same one asks for. */
    public Candidate inTurn(int place) {
        return new Candidate(image, by, reason, asked, saves, price, notBefore, refresh, place, waiting, detail);
    }

    /** Anyone may fail to pull what there is not, as often as they like; the file is what the operator wants. */
    private int claim() {
        if (!asked) {
            return REST;
        }
        return isMissed(reason) ? 1 : FILE;
    }

    /** Whether it is for what users failed to get. */
    public static boolean isMissed(WarmReason reason) {
        return MISSED.contains(reason);
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
