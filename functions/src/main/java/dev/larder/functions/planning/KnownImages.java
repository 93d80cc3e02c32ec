package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.image.VersionTag;
import dev.larder.domain.usage.Tagging;
import dev.larder.domain.warming.Backoff;
import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.ImportSize;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Moves;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.Tariffs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the table knows of images, for one plan. What only matters for images that are due is read for those. */
final class KnownImages {
    /** Configurations and layers of one image, where nobody has read its manifest: official images have so many. */
    private static final int BLOBS = 8;

    private final ImageRecords records;
    private final Freshness freshness;
    private final Instant now;
    private final Map<RepositoryName, Tagging> tagging = new HashMap<>();
    private final Map<RepositoryName, ImportSize> relatives = new HashMap<>();
    private final Map<RepositoryName, RepositoryRecords> whole = new HashMap<>();
    private final Set<Tagged> failed = new HashSet<>();

    KnownImages(ImageRecords records, Freshness freshness, Instant now) {
        this.records = records;
        this.freshness = freshness;
        this.now = now;
    }

    /**
     * What is known of an image.
     *
     * @param seen of its repository at the upstream
     */
    Known of(Tagged image, Upstream upstream, Pulled pulled, Optional<Sightings> seen) {
        TaggedImage tagged = tagged(image).orElseGet(() -> TaggedImage.unknown(image));
        if (tagged.lastWarmFailureAt().isPresent()) {
            failed.add(image);
        }
        Optional<Instant> checkedAt = checkedAt(tagged, pulled);
        Optional<Digest> elsewhere = seen.flatMap(sightings -> sightings.since(image.tag(), tried(tagged, checkedAt)));
        Known known = new Known(
                image,
                VersionTag.of(image.tag()),
                tagged.digest(),
                checkedAt,
                elsewhere,
                demand(tagged, pulled),
                Moves.UNWATCHED,
                ImportSize.UNKNOWN,
                Tariffs.of(upstream),
                Backoff.after(tagged.warmFailures(), tagged.lastWarmFailureAt()));
        return freshness.isDue(known, now) ? whole(known) : known;
    }

    /** Reads all that the table has of a repository, so that its images are not read one by one. */
    void read(RepositoryName repository) {
        whole.computeIfAbsent(repository, records::current);
    }

    private Optional<TaggedImage> tagged(Tagged image) {
        RepositoryRecords read = whole.get(image.repository());
        return read == null
                ? records.tagged(image)
                : Optional.ofNullable(read.tags().get(image.tag()));
    }

    /** Whether the last try to warm an image failed that was asked for. */
    boolean hasFailed(Tagged image) {
        return failed.contains(image);
    }

    /**
     * Whether ECR emits an event for a check that finds nothing new is not known. But a pull after the last check ran out
     * must have made one, so the record is put right. Where ECR said at that time or later that a check failed, it did not:
     * after one that found the upstream, it would not have asked again so soon.
     */
    private Optional<Instant> checkedAt(TaggedImage tagged, Pulled pulled) {
        Optional<Instant> inferred = tagged.digest()
                .flatMap(any -> tagged.checkedAt())
                .flatMap(at -> pulled.last().filter(last -> !last.isBefore(at.plus(Freshness.FRESH_FOR))))
                .filter(last -> !isFailedSince(tagged.image(), last));
        tagged.digest().ifPresent(digest -> inferred.ifPresent(last -> records.imported(tagged.image(), digest, last)));
        return inferred.or(tagged::checkedAt);
    }

    private boolean isFailedSince(Tagged image, Instant pulled) {
        return records.warmth(image)
                .checkFailedAt()
                .filter(at -> !at.isBefore(pulled.minus(ImageRecords.TOLD_WITHIN)))
                .isPresent();
    }

    /** A move that was seen before the worker last was at the tag is left to ECR's check: the worker could not follow it. */
    private static Optional<Instant> tried(TaggedImage tagged, Optional<Instant> checkedAt) {
        return Stream.of(checkedAt, tagged.warmedAt()).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static Optional<Demand> demand(TaggedImage tagged, Pulled pulled) {
        if (pulled.days().isEmpty()) {
            return Optional.empty();
        }
        Instant lastDay = pulled.days().lastKey().atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant last =
                pulled.last().or(tagged::lastPulledAt).filter(lastDay::isBefore).orElse(lastDay);
        return Optional.of(Demand.of(pulled.days(), last));
    }

    private Known whole(Known known) {
        return new Known(
                known.image(),
                known.version(),
                known.digest(),
                known.checkedAt(),
                known.upstream(),
                known.demand(),
                moves(known.image()),
                size(known),
                known.tariff(),
                known.backoff());
    }

    private Moves moves(Tagged image) {
        Tagging history = tagging.computeIfAbsent(image.repository(), records::tagging);
        return new Moves(
                history.moves(image.tag()).size(),
                history.since(image.tag())
                        .map(since -> Duration.between(since, now))
                        .filter(Duration::isPositive)
                        .orElse(Duration.ZERO));
    }

    private ImportSize size(Known known) {
        RepositoryName repository = known.image().repository();
        boolean present = known.upstream()
                .flatMap(digest -> records.manifest(repository, digest))
                .flatMap(StoredManifest::mediaType)
                .isPresent();
        return present
                ? ImportSize.CACHED
                : known.digest()
                        .flatMap(digest -> records.manifest(repository, digest))
                        .filter(manifest -> manifest.mediaType().isPresent())
                        .map(KnownImages::size)
                        .orElseGet(() -> relatives.computeIfAbsent(repository, this::largest));
    }

    /** An image that nobody has seen is taken to be as large as the largest that is known of its repository. */
    private ImportSize largest(RepositoryName repository) {
        return records.repository(repository).manifests().values().stream()
                .filter(manifest -> manifest.mediaType().isPresent())
                .map(KnownImages::size)
                .max(Comparator.comparingInt((ImportSize size) -> size.manifests() + size.blobs())
                        .thenComparingLong(ImportSize::bytes))
                .orElse(ImportSize.UNKNOWN);
    }

    /**
     * Attestations are counted with the images: the upstream is asked for them as well. The record has bytes and blobs of
     * the platforms that are kept warm, and ECR imports all of them.
     */
    static ImportSize size(StoredManifest manifest) {
        int children = manifest.children().size();
        int images = Math.max(1, children);
        int counted = Math.clamp(manifest.platforms().size(), 1, images);
        long bytes = manifest.sizeBytes().orElse(ImportSize.UNKNOWN.bytes() / images * counted) / counted * images;
        long blobs = manifest.blobs().orElse((long) BLOBS * counted) * images / counted;
        return new ImportSize(children == 0 ? 1 : 1 + children, (int) Math.min(blobs, Integer.MAX_VALUE), bytes);
    }

    /** The same of one that nobody wrote down yet: with the blobs of a usual image where the index does not tell. */
    static ImportSize size(CachedManifest manifest) {
        int children = manifest.children().size();
        return children == 0
                ? new ImportSize(1, manifest.blobs().size(), manifest.blobBytes())
                : new ImportSize(
                        1 + children,
                        BLOBS * children,
                        ImportSize.UNKNOWN.bytes() / (ImportSize.UNKNOWN.manifests() - 1) * children);
    }
}
