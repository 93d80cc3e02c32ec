package dev.larder.functions.table;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link ImageRecords} in the table. */
public final class DynamoDbImageRecords implements ImageRecords {
    private static final String FORGET =
            "REMOVE digest, importedAt, checkedAt, checkedBefore, checkFailedAt, warmedAt, unverified";

    private final Table table;
    private final TagHistory history;

    /** @param tableName the cell's table */
    public DynamoDbImageRecords(DynamoDbClient client, String tableName) {
        this(new Table(client, tableName));
    }

    /** @param table the cell's */
    public DynamoDbImageRecords(Table table) {
        this.table = table;
        this.history = new TagHistory(table);
    }

    @Override
    public Optional<TaggedImage> tagged(Tagged image) {
        return table.get(Key.of(image)).map(ImageItems::tagged);
    }

    @Override
    public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) {
        return table.get(Key.of(repository, digest)).map(ImageItems::manifest);
    }

    @Override
    public RepositoryRecords repository(RepositoryName repository) {
        return records(repository, table.partition(Key.imagesOf(repository)));
    }

    @Override
    public RepositoryRecords current(RepositoryName repository) {
        return records(repository, table.consistentPartition(Key.imagesOf(repository)));
    }

    private static RepositoryRecords records(RepositoryName repository, Stream<Item> items) {
        Map<Tag, TaggedImage> tags = new HashMap<>();
        Map<Digest, StoredManifest> manifests = new HashMap<>();
        items.forEach(item -> {
            if (item.key().sk().startsWith(Key.TAG)) {
                TaggedImage tagged = ImageItems.tagged(item);
                tags.put(tagged.image().tag(), tagged);
            } else {
                StoredManifest manifest = ImageItems.manifest(item);
                manifests.put(manifest.image().digest(), manifest);
            }
        });
        return new RepositoryRecords(repository, tags, manifests);
    }

    @Override
    public List<TaggedImage> popular(String prefix, int top) {
        return table.top(Attributes.POPULARITY, Attributes.POPULARITY_OF, Key.popularityOf(prefix), top)
                .map(ImageItems::tagged)
                .toList();
    }

    /** The history comes first: it may name a move that the record passes over, but never lacks one. */
    @Override
    public void imported(Tagged image, Digest digest, Instant at) {
        if (tagged(image).flatMap(TaggedImage::digest).filter(digest::equals).isEmpty()) {
            history.moved(image, Optional.of(digest), at);
        }
        Map<String, AttributeValue> values = Map.of(":digest", Values.text(digest.value()), ":at", Values.instant(at));
        boolean moved = table.update(
                Key.of(image),
                "SET digest = :digest, importedAt = :at, checkedAt = :at REMOVE checkedBefore",
                "(attribute_not_exists(digest) OR digest <> :digest)"
                        + " AND (attribute_not_exists(checkedAt) OR checkedAt <= :at)",
                values);
        if (!moved) {
            Map<String, AttributeValue> check = new HashMap<>(around(at));
            check.putAll(values);
            table.update(
                    Key.of(image),
                    "SET checkedBefore = checkedAt, checkedAt = :at",
                    "digest = :digest AND checkedAt < :at"
                            + " AND (attribute_not_exists(checkFailedAt) OR NOT checkFailedAt BETWEEN :from AND :to)",
                    check);
        }
    }

    private static Map<String, AttributeValue> around(Instant at) {
        return Map.of(
                ":from", Values.instant(at.minus(TOLD_WITHIN)),
                ":to", Values.instant(at.plus(TOLD_WITHIN)));
    }

    @Override
    public void checkFailed(Tagged image, String why, Instant at) {
        table.update(
                Key.of(image),
                "SET checkFailedAt = :at",
                "attribute_exists(digest) AND (attribute_not_exists(checkFailedAt) OR checkFailedAt < :at)",
                Map.of(":at", Values.instant(at)));
        Map<String, AttributeValue> values = new HashMap<>(around(at));
        values.put(":why", Values.text(why));
        table.update(
                Key.of(image),
                "SET checkedAt = checkedBefore, unverified = :why REMOVE checkedBefore",
                "attribute_exists(checkedBefore) AND checkedAt BETWEEN :from AND :to",
                values);
    }

    @Override
    public Warmth warmth(ImageReference image) {
        return table.get(Key.of(image))
                .map(item -> ImageItems.warmth(image, item))
                .orElseGet(() -> Warmth.none(image));
    }

    @Override
    public void warmed(ImageReference image, Optional<String> unverified, Instant at) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":at", Values.instant(at)));
        unverified.ifPresent(why -> values.put(":why", Values.text(why)));
        table.update(
                Key.of(image),
                "SET warmedAt = :at" + (unverified.isPresent() ? ", unverified = :why" : "")
                        + " REMOVE warmFailures, lastWarmFailureAt, lastWarmFailureCode, lastWarmFailureReason"
                        + (unverified.isPresent() ? "" : ", unverified"),
                "attribute_not_exists(warmedAt) OR warmedAt < :at",
                values);
    }

    @Override
    public void warmFailed(ImageReference image, Failure failure, Instant at) {
        boolean lasts = failure.kind().lasts();
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":at", Values.instant(at),
                ":code", Values.text(failure.code()),
                ":reason", Values.text(failure.reason())));
        if (lasts) {
            values.put(":one", Values.number(1));
        }
        table.update(
                Key.of(image),
                "SET lastWarmFailureAt = :at, lastWarmFailureCode = :code, lastWarmFailureReason = :reason"
                        + (lasts ? " ADD warmFailures :one" : " REMOVE warmFailures"),
                "(attribute_not_exists(lastWarmFailureAt) OR lastWarmFailureAt < :at)"
                        + " AND (attribute_not_exists(warmedAt) OR warmedAt < :at)",
                values);
    }

    @Override
    public void describe(StoredManifest manifest) {
        StringBuilder set = new StringBuilder();
        Map<String, AttributeValue> values = new HashMap<>();
        manifest.mediaType().ifPresent(type -> values.put(Attributes.MEDIA_TYPE, Values.text(type)));
        if (!manifest.children().isEmpty()) {
            values.put(Attributes.CHILDREN, Values.set(manifest.children()));
        }
        if (!manifest.platforms().isEmpty()) {
            values.put(Attributes.PLATFORMS, Values.set(manifest.platforms()));
        }
        manifest.sizeBytes().ifPresent(size -> values.put(Attributes.SIZE_BYTES, Values.number(size)));
        manifest.blobs().ifPresent(blobs -> values.put(Attributes.BLOBS, Values.number(blobs)));
        if (values.isEmpty()) {
            return;
        }
        Map<String, AttributeValue> placeholders = new HashMap<>();
        values.forEach((name, value) -> {
            set.append(set.isEmpty() ? "SET " : ", ")
                    .append(name)
                    .append(" = :")
                    .append(name);
            placeholders.put(":" + name, value);
        });
        table.update(Key.of(manifest.image()), set.toString(), placeholders);
    }

    @Override
    public void pulled(ImageReference image, Instant at) {
        table.update(
                Key.of(image),
                "SET lastPulledAt = :at",
                "attribute_not_exists(lastPulledAt) OR lastPulledAt < :at",
                Map.of(":at", Values.instant(at)));
    }

    @Override
    public void lists(Digested index, Map<Digest, Optional<Platform>> children) {
        history.lists(index, children);
    }

    /** What the images' own items say counts, too: they are older than the history where Larder was deployed before it. */
    @Override
    public Tagging tagging(RepositoryName repository) {
        List<Tagging.Move> moves = new ArrayList<>();
        Map<Digest, Map<Digest, Optional<Platform>>> indexes = new HashMap<>();
        Map<Digest, Long> sizes = new HashMap<>();
        history.read(repository, moves, indexes);
        RepositoryRecords records = repository(repository);
        records.tags().values().stream()
                .filter(tag -> tag.digest().isPresent() && tag.importedAt().isPresent())
                .map(tag -> new Tagging.Move(tag.image().tag(), tag.importedAt().get(), tag.digest()))
                .forEach(moves::add);
        records.manifests().forEach((digest, manifest) -> {
            if (!manifest.children().isEmpty()) {
                indexes.computeIfAbsent(
                        digest,
                        index -> manifest.children().stream()
                                .collect(Collectors.toMap(child -> child, child -> Optional.empty())));
            }
            manifest.sizeBytes()
                    .ifPresent(size -> sizes.put(
                            digest, size / Math.max(1, manifest.platforms().size())));
        });
        return new Tagging(moves, indexes, sizes);
    }

    @Override
    public void forget(ImageReference image, Instant at) {
        switch (image) {
            case Tagged tagged -> {
                history.moved(tagged, Optional.empty(), at);
                table.update(Key.of(tagged), FORGET, "attribute_exists(pk)", Map.of());
            }
            case Digested digested ->
                table.delete(
                        Key.of(digested),
                        "attribute_not_exists(lastPulledAt) OR lastPulledAt <= :at",
                        Map.of(":at", Values.instant(at)));
        }
    }

    /** A worker that dies before the history is written leaves that to ECR's event of the deletion. */
    @Override
    public void forget(Tagged image, Digest deleted, Instant at) {
        boolean held = table.update(
                Key.of(image),
                FORGET,
                "digest = :deleted AND (attribute_not_exists(checkedAt) OR checkedAt <= :at)",
                Map.of(":deleted", Values.text(deleted.value()), ":at", Values.instant(at)));
        if (held) {
            history.moved(image, Optional.empty(), at);
        }
    }
}
