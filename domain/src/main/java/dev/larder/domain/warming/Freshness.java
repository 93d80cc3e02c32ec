package dev.larder.domain.warming;

import dev.larder.events.WarmReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps an image in the cache, and its tag checked: ECR compares a tag with its upstream when it is pulled and the last
 * check is 24 hours old. Larder pulls in that very moment, so that the check falls into nobody else's pull. Earlier would
 * be in vain, and a forced check costs an import.
 *
 * @param lookAhead until the next plan: what runs out before then is ordered now, to be done when it does
 */
public record Freshness(Duration lookAhead) {
    /** ECR checks a tag upstream again when the last check is older than this, on a pull (user guide). */
    public static final Duration FRESH_FOR = Duration.ofHours(24);

    /** How much later than that Larder pulls: the record of the last check may be early by the length of a call. */
    public static final Duration AFTER = Duration.ofSeconds(2);

    /** A pull that waits for an import counts as so many that wait for a check: it takes seconds, and may fail. */
    static final double IMPORT = 5;

    /** When the last check runs out; at once for an image that was never checked. */
    static Instant runsOut(Known image) {
        return image.checkedAt().map(at -> at.plus(FRESH_FOR).plus(AFTER)).orElse(Instant.EPOCH);
    }

    /** Whether ECR trusts the last check of its tag beyond the next plan, so that a pull before then asks no upstream. */
    public boolean isFresh(Known image, Instant now) {
        return image.cached() && runsOut(image).isAfter(now.plus(lookAhead));
    }

    /** Whether there is something to do for an image before the next plan. */
    public boolean isDue(Known image, Instant now) {
        return !image.rests(now)
                && (!image.cached() || image.moved() || !runsOut(image).isAfter(now.plus(lookAhead)));
    }

    /**
     * The order that makes it fresh.
     *
     * @param missing the reason when it is not in the cache, and whenever users failed to get it
     * @param saves cold pulls within a day from then on, on average
     * @param why who wants it, as in "why, and not in the cache"
     */
    Candidate candidate(Known image, WarmReason missing, boolean asked, double saves, String why, Instant now) {
        Instant out = runsOut(image);
        if (!image.cached()) {
            return new Candidate(
                    image.image(),
                    Optional.empty(),
                    missing,
                    asked,
                    saves * IMPORT,
                    Price.importing(image.size(), image.tariff()),
                    now,
                    false,
                    0,
                    Instant.EPOCH,
                    why + ", and not in the cache");
        }
        if (image.moved() && out.isAfter(now)) {
            return new Candidate(
                    image.image(),
                    Optional.empty(),
                    WarmReason.STALE,
                    asked,
                    saves,
                    Price.importing(image.size(), image.tariff()),
                    now,
                    true,
                    0,
                    now,
                    why + ", and the upstream has moved the tag");
        }
        // anyone may fail to pull: that asks for less than the file does
        WarmReason checked = Candidate.isMissed(missing) ? missing : WarmReason.STALE;
        Duration since = Duration.between(image.checkedAt().orElse(now.minus(FRESH_FOR)), now);
        double chance = image.moves().within(since);
        return new Candidate(
                image.image(),
                Optional.empty(),
                checked,
                asked,
                saves,
                Price.checking(image.size(), chance, chance * Math.max(0, 1 - saves), image.tariff()),
                out.isAfter(now) ? out : now,
                false,
                0,
                out,
                why + ", last checked "
                        + image.checkedAt().map(Instant::toString).orElse("never"));
    }
}
