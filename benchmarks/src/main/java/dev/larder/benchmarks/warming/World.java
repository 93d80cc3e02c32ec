package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * All tags and builds of a record of changes, numbered, and all changes as arrays: what stays the same for every strategy.
 * The record has no sizes, so a build's is drawn from its repository, variant and platforms: some 40 MB for each platform,
 * a third of that for alpine and slim ones, between a fifth and five times that from repository to repository.
 */
final class World {
    /** In front of every repository, as it is cached. */
    static final String PREFIX = "docker-hub/library";

    private static final double MEDIAN_BYTES = 40e6;

    final List<Tagged> tags = new ArrayList<>();
    final List<Optional<VersionTag>> versions = new ArrayList<>();
    final List<Integer> repositoryOf = new ArrayList<>();
    final List<String> repositories = new ArrayList<>();
    final List<List<Integer>> tagsOf = new ArrayList<>();
    final List<Digest> builds = new ArrayList<>();
    final List<Integer> platforms = new ArrayList<>();
    final List<Boolean> linux = new ArrayList<>();
    final List<Long> bytes = new ArrayList<>();
    final long[] changedAt;
    final int[] changedTag;
    final int[] changedTo;
    final TagChanges.Kind[] kinds;
    final Instant begins;
    final Instant ends;

    private final Map<String, Integer> tagNumbers = new HashMap<>();
    private final Map<String, Integer> repositoryNumbers = new HashMap<>();
    private final Map<String, Integer> buildNumbers = new HashMap<>();

    World(TagChanges record) {
        List<TagChanges.Change> changes = record.changes();
        changedAt = new long[changes.size()];
        changedTag = new int[changes.size()];
        changedTo = new int[changes.size()];
        kinds = new TagChanges.Kind[changes.size()];
        for (int i = 0; i < changedAt.length; i++) {
            TagChanges.Change change = changes.get(i);
            changedAt[i] = change.time().getEpochSecond();
            changedTag[i] = tag(change.repository(), change.tag());
            changedTo[i] = build(change);
            kinds[i] = change.kind();
        }
        begins = changes.getFirst().time();
        ends = changes.getLast().time();
    }

    private int tag(String repository, String tag) {
        return tagNumbers.computeIfAbsent(repository + ":" + tag, name -> {
            int in = repositoryNumbers.computeIfAbsent(repository, text -> {
                repositories.add(text);
                tagsOf.add(new ArrayList<>());
                return repositories.size() - 1;
            });
            Tagged image = new Tagged(new RepositoryName(PREFIX + "/" + repository), new Tag(tag));
            tags.add(image);
            versions.add(VersionTag.of(image.tag()));
            repositoryOf.add(in);
            tagsOf.get(in).add(tags.size() - 1);
            return tags.size() - 1;
        });
    }

    private int build(TagChanges.Change change) {
        return buildNumbers.computeIfAbsent(change.repository() + "@" + change.build(), name -> {
            builds.add(new Digest("sha256:" + sha256(name)));
            platforms.add(change.platforms().size());
            linux.add(change.platforms().stream().anyMatch(platform -> !platform.startsWith("windows")));
            bytes.add(size(change));
            return builds.size() - 1;
        });
    }

    private static long size(TagChanges.Change change) {
        double repository = Math.exp(1.0 * new Random(change.repository().hashCode()).nextGaussian());
        boolean small = change.tag().contains("alpine") || change.tag().contains("slim");
        double one = MEDIAN_BYTES * Math.clamp(repository, 0.2, 5) * (small ? 1.0 / 3 : 1);
        return (long) (one * change.platforms().size());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
