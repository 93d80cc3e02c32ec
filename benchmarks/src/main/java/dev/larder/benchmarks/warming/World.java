package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tags and builds of a record of changes, numbered, and all changes as arrays: what is the same for every strategy.
 * Nothing in it changes once it is made.
 */
final class World {
    /** In front of every repository, as it is cached. */
    static final String PREFIX = "docker-hub";

    /** What the record says of one tag. */
    record TagFacts(Tagged image, Optional<VersionTag> version, int repository) {}

    private final List<TagFacts> tags = new ArrayList<>();
    private final List<BuildFacts> builds = new ArrayList<>();
    private final List<List<Integer>> tagsOf = new ArrayList<>();
    private final Map<Tagged, Integer> tagNumbers = new HashMap<>();
    private final Map<RepositoryName, Integer> repositoryNumbers = new HashMap<>();
    private final Map<String, Integer> buildNumbers = new HashMap<>();
    private final long[] changedAt;
    private final int[] changedTag;
    private final int[] changedTo;
    private final TagChanges.Kind[] kinds;
    private final Instant begins;
    private final Instant ends;

    World(TagChanges record) {
        List<TagChanges.Change> changes = record.changes();
        changedAt = new long[changes.size()];
        changedTag = new int[changes.size()];
        changedTo = new int[changes.size()];
        kinds = new TagChanges.Kind[changes.size()];
        for (int i = 0; i < changedAt.length; i++) {
            TagChanges.Change change = changes.get(i);
            changedAt[i] = change.time().getEpochSecond();
            changedTag[i] = number(change);
            changedTo[i] = build(change);
            kinds[i] = change.kind();
        }
        begins = changes.getFirst().time();
        ends = changes.getLast().time();
    }

    /** An image of the record as it is cached; none when no registry could have it. */
    static Optional<Tagged> image(String repository, String tag) {
        // Docker Hub's official images are those without a namespace (ecr-facts 1.1)
        String path = repository.contains("/") ? repository : "library/" + repository;
        try {
            return Optional.of(new Tagged(new RepositoryName(PREFIX + "/" + path), new Tag(tag)));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private int number(TagChanges.Change change) {
        Tagged image = image(change.repository(), change.tag()).orElseThrow();
        return tagNumbers.computeIfAbsent(image, any -> {
            int repository = repositoryNumbers.computeIfAbsent(image.repository(), name -> {
                tagsOf.add(new ArrayList<>());
                return tagsOf.size() - 1;
            });
            tags.add(new TagFacts(image, VersionTag.of(image.tag()), repository));
            tagsOf.get(repository).add(tags.size() - 1);
            return tags.size() - 1;
        });
    }

    private int build(TagChanges.Change change) {
        return buildNumbers.computeIfAbsent(change.repository() + "@" + change.build(), name -> {
            builds.add(BuildFacts.of(change));
            return builds.size() - 1;
        });
    }

    int tags() {
        return tags.size();
    }

    int builds() {
        return builds.size();
    }

    int repositories() {
        return tagsOf.size();
    }

    int changes() {
        return changedAt.length;
    }

    TagFacts tag(int tag) {
        return tags.get(tag);
    }

    /** The number of an image that the record has. */
    int number(Tagged image) {
        Integer number = tagNumbers.get(image);
        if (number == null) {
            throw new IllegalArgumentException(image + " is not in the record of changes");
        }
        return number;
    }

    BuildFacts build(int build) {
        return builds.get(build);
    }

    List<Integer> tagsOf(int repository) {
        return tagsOf.get(repository);
    }

    /** When a change happened, in seconds since 1970. */
    long changedAt(int change) {
        return changedAt[change];
    }

    int changedTag(int change) {
        return changedTag[change];
    }

    int changedTo(int change) {
        return changedTo[change];
    }

    TagChanges.Kind kind(int change) {
        return kinds[change];
    }

    Instant begins() {
        return begins;
    }

    Instant ends() {
        return ends;
    }
}
