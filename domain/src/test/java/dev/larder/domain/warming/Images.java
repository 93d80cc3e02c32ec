package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.Tariff;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the tests of this package plan with. */
final class Images {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final RepositoryName REPOSITORY = new RepositoryName("docker-hub/library/image");
    static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    static final Digest OTHER = new Digest("sha256:" + "2".repeat(64));

    /** Pulled today and on many days before. */
    static final Demand HABIT = demand(20, 25, 100, NOW);

    private Images() {}

    /** One of which nobody knows more than how many pulls there were: they count as the last day's. */
    static Demand demand(int activeDays, int days, long pulls, Instant last) {
        LocalDate day = LocalDate.ofInstant(last, ZoneOffset.UTC);
        return new Demand(activeDays, days, new TreeMap<>(Map.of(day, pulls)), last);
    }

    static Tagged image(String tag) {
        return new Tagged(REPOSITORY, new Tag(tag));
    }

    static VersionTag version(String tag) {
        return VersionTag.of(new Tag(tag)).orElseThrow();
    }

    static Known uncached(String tag) {
        return Known.unknown(image(tag), Tariff.MANIFESTS);
    }

    static Known cached(String tag, Instant checkedAt) {
        return new Known(
                image(tag),
                VersionTag.of(new Tag(tag)),
                Optional.of(ONE),
                Optional.of(checkedAt),
                Optional.empty(),
                Optional.empty(),
                Moves.UNWATCHED,
                new ImportSize(3, 10, 100_000_000),
                Tariff.MANIFESTS,
                Optional.empty());
    }

    static Known pulled(Known image, Demand demand) {
        return new Known(
                image.image(),
                image.version(),
                image.digest(),
                image.checkedAt(),
                image.upstream(),
                Optional.of(demand),
                image.moves(),
                image.size(),
                image.tariff(),
                image.backoff());
    }

    /** The upstream is known to have something else by now. */
    static Known moved(Known image) {
        return new Known(
                image.image(),
                image.version(),
                image.digest(),
                image.checkedAt(),
                Optional.of(OTHER),
                image.demand(),
                image.moves(),
                image.size(),
                image.tariff(),
                image.backoff());
    }

    /** The last tries to warm it failed. */
    static Known failed(Known image, Backoff backoff) {
        return new Known(
                image.image(),
                image.version(),
                image.digest(),
                image.checkedAt(),
                image.upstream(),
                image.demand(),
                image.moves(),
                image.size(),
                image.tariff(),
                Optional.of(backoff));
    }

    static Candidate candidate(String tag, boolean asked, double saves, int tokens, long bytes, Instant waiting) {
        return new Candidate(
                image(tag),
                Optional.empty(),
                asked ? WarmReason.PINNED : WarmReason.POPULAR,
                asked,
                saves,
                new Price(tokens, tokens, Math.max(1, tokens), bytes, bytes, false),
                NOW,
                false,
                0,
                waiting,
                "a test wants it");
    }
}
