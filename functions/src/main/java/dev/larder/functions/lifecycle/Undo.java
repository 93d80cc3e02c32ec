package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.TaggedImage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes evictions back: warm orders for what the tombstones name. An image that had tags is ordered by its digest by way of
 * the first of them, which brings both while the upstream has the tag where it was; its other tags are ordered as such. One
 * that had none is ordered by its digest, unless it comes with an index that lists it. What refers to an image, as its
 * signature does, comes with the order of that (ECR imports referrers when it is asked for them).
 */
public final class Undo {
    /** So long an order waits to which no tag leads: a signature is there by then, if what it is about came back. */
    static final Duration BEHIND = Duration.ofMinutes(10);

    private final Runs runs;
    private final Tombstones tombstones;
    private final ImageRecords records;
    private final WarmOrders orders;
    private final Supplier<Stream<RepositoryName>> repositories;
    private final InstantSource clock;

    /**
     * Takes the ports.
     *
     * @param repositories all that may have tombstones; asked for when a run is so old that its lines are dropped
     */
    public Undo(
            Runs runs,
            Tombstones tombstones,
            ImageRecords records,
            WarmOrders orders,
            Supplier<Stream<RepositoryName>> repositories,
            InstantSource clock) {
        this.runs = runs;
        this.tombstones = tombstones;
        this.records = records;
        this.orders = orders;
        this.repositories = repositories;
        this.clock = clock;
    }

    /** Orders everything that a run evicted. */
    public List<WarmOrder> run(String run) {
        Map<RepositoryName, List<Tombstone>> graves = (hasLines(run) ? byLines(run) : byRepositories(run))
                .collect(Collectors.groupingBy(Tombstone::repository, LinkedHashMap::new, Collectors.toList()));
        return send(graves.entrySet().stream()
                .flatMap(each -> withoutListed(each.getKey(), each.getValue()))
                .flatMap(grave -> orders(grave, KeepTag.without(grave.tags()))));
    }

    /** A run's lines are dropped one by one, so that those of an old run may be some of them only. */
    private boolean hasLines(String run) {
        return runs.all()
                .filter(each -> each.id().equals(run))
                .findFirst()
                .filter(each -> clock.instant().isBefore(each.startedAt().plus(Runs.LINES_KEPT)))
                .isPresent();
    }

    private Stream<Tombstone> byLines(String run) {
        return runs.lines(run)
                .filter(Undo::mayBeGone)
                .flatMap(line -> tombstones.get(line.repository(), line.digest(), run).stream());
    }

    private Stream<Tombstone> byRepositories(String run) {
        return repositories
                .get()
                .flatMap(repository -> tombstones.of(repository).stream())
                .filter(grave -> grave.run().equals(run));
    }

    /** Orders one image; nothing when it has no tombstone. By digest, all the tags that it had. */
    public List<WarmOrder> image(ImageReference image) {
        return send(
                switch (image) {
                    case Tagged(var repository, var tag) ->
                        tombstones.get(repository, tag.value()).stream().flatMap(grave -> orders(grave, List.of(tag)));
                    case Digested(var repository, var digest) ->
                        tombstones.get(repository, digest.value()).stream()
                                .flatMap(grave -> orders(grave, KeepTag.without(grave.tags())));
                });
    }

    /**
     * What may not come back of what was ordered, in words, as far as is known without asking the upstream. An order that
     * fails says so itself.
     */
    public List<String> doubts(List<WarmOrder> orders) {
        return orders.stream().flatMap(order -> doubt(order).stream()).toList();
    }

    /** A run that was killed leaves lines of what it was about to evict; only what has a tombstone may be gone. */
    private static boolean mayBeGone(RunLine line) {
        return switch (line.outcome()) {
            case EVICT, EVICTED -> true;
            case KEEP, FAILED -> false;
        };
    }

    /** The history tells of indexes that are gone for long: only one that comes back, or is there, brings what it lists. */
    private Stream<Tombstone> withoutListed(RepositoryName repository, List<Tombstone> graves) {
        if (graves.stream().noneMatch(grave -> KeepTag.without(grave.tags()).isEmpty())) {
            return graves.stream();
        }
        Tagging tagging = records.tagging(repository);
        RepositoryRecords there = records.repository(repository);
        Set<Digest> listed = new HashSet<>();
        graves.forEach(grave -> listed.addAll(tagging.childrenOf(grave.digest())));
        there.manifests().values().forEach(manifest -> listed.addAll(manifest.children()));
        there.tags()
                .values()
                .forEach(tag -> tag.digest().ifPresent(digest -> listed.addAll(tagging.childrenOf(digest))));
        return graves.stream()
                .filter(grave -> !KeepTag.without(grave.tags()).isEmpty() || !listed.contains(grave.digest()));
    }

    private Stream<WarmOrder> orders(Tombstone grave, List<Tag> tags) {
        Stream<WarmOrder> digest = Stream.of(order(
                grave,
                new Digested(grave.repository(), grave.digest()),
                tags.stream().findFirst()));
        Stream<WarmOrder> others =
                tags.stream().skip(1).map(tag -> order(grave, new Tagged(grave.repository(), tag), Optional.empty()));
        return Stream.concat(digest, others);
    }

    private WarmOrder order(Tombstone grave, ImageReference image, Optional<Tag> by) {
        Instant now = clock.instant();
        boolean comesBehind = image instanceof Digested digested && by.isEmpty() && !hasHadTag(digested);
        return new WarmOrder(
                "undo/" + grave.run() + "/" + image,
                image,
                by,
                WarmReason.UNDO,
                grave.platforms(),
                false,
                now,
                comesBehind ? now.plus(BEHIND) : now);
    }

    private List<WarmOrder> send(Stream<WarmOrder> wanted) {
        List<WarmOrder> made = wanted.toList();
        orders.send(made);
        return made;
    }

    private Optional<String> doubt(WarmOrder order) {
        if (!(order.image() instanceof Digested image) || isThere(image)) {
            return Optional.empty();
        }
        if (order.by().isEmpty()) {
            return hasHadTag(image)
                    ? seenByDigestAlone(image)
                    : Optional.of("no tag is known to have pointed at " + image
                            + ": it comes back only if a tag of the upstream does, or with what it refers to, as a"
                            + " signature does whose upstream still lists it; ECR imports nothing by digest. Its order"
                            + " waits for " + BEHIND.toMinutes() + " minutes for that");
        }
        Tagged by = new Tagged(image.repository(), order.by().get());
        return records.tagged(by)
                .flatMap(TaggedImage::digest)
                .filter(now -> !now.equals(image.digest()))
                .map(now -> by + " is " + now + " by now: " + image.digest()
                        + " comes back only if another tag of the upstream points at it")
                .or(() -> seenByDigestAlone(image));
    }

    private Optional<String> seenByDigestAlone(Digested image) {
        return tombstones.get(image.repository(), image.digest().value()).flatMap(Tombstone::doubt);
    }

    private boolean hasHadTag(Digested image) {
        return !records.tagging(image.repository()).everTagsOf(image.digest()).isEmpty();
    }

    private boolean isThere(Digested image) {
        return records.manifest(image.repository(), image.digest())
                .filter(manifest -> manifest.mediaType().isPresent())
                .isPresent();
    }
}
