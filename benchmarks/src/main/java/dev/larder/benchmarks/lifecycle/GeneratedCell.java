package dev.larder.benchmarks.lifecycle;

import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.RepositoryDescription;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A registry that is made as it is read, the same each time: in every repository two-platform images of one family, of which
 * three quarters were not pulled for a hundred days.
 */
final class GeneratedCell implements CacheInventory {
    static final String PREFIX = "docker-hub";
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** The most that a page of DescribeRepositories and of DescribeImages holds (ECR's API model). */
    static final int PAGE = 1000;

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final int TOGETHER = 3;

    private final int repositories;
    private final int images;
    private final OwnCpu cpu;
    private long calls;

    /**
     * Takes its size.
     *
     * @param images manifests in each repository
     */
    GeneratedCell(int repositories, int images, OwnCpu cpu) {
        this.repositories = repositories;
        this.images = images;
        this.cpu = cpu;
    }

    /** Calls of ECR's API that were made. */
    long calls() {
        return calls;
    }

    /** As many as the pages dictate. */
    long fewestCalls() {
        return pages(repositories) + (long) repositories * pages(images);
    }

    private static long pages(int rows) {
        return Math.max(1, (rows + PAGE - 1) / PAGE);
    }

    @Override
    public Stream<Repository> repositories() {
        return IntStream.range(0, repositories).mapToObj(number -> {
            calls += number % PAGE == 0 ? 1 : 0;
            RepositoryName name = new RepositoryName(PREFIX + "/library/app" + number);
            return new Repository(
                    name,
                    new RepositoryDescription(
                            "arn:aws:ecr:eu-central-1:111122223333:repository/" + name,
                            new TagMutability("MUTABLE", List.of()),
                            false,
                            Optional.empty()));
        });
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository) {
        calls += pages(images);
        return cpu.generating(() -> made(repository));
    }

    private List<Manifest> made(RepositoryName repository) {
        List<Manifest> manifests = new ArrayList<>(images);
        for (int place = 0; place < images; place++) {
            boolean tagged = place % TOGETHER == 0;
            boolean index = tagged && place + 1 < images;
            manifests.add(new Manifest(
                    repository,
                    digest(repository, place),
                    tagged ? List.of(tag(place)) : List.of(),
                    Optional.of(index ? INDEX : IMAGE),
                    OptionalLong.of(40_000_000),
                    Optional.of(NOW.minus(Duration.ofDays(200))),
                    pulledAt(place),
                    Optional.empty(),
                    index ? Optional.empty() : Optional.of(Set.of())));
        }
        return manifests;
    }

    private static Tag tag(int place) {
        return new Tag("1." + place + ".0");
    }

    private static Optional<Instant> pulledAt(int place) {
        return Optional.of(NOW.minus(Duration.ofDays(place / TOGETHER % 4 == 0 ? 1 : 100)));
    }

    private static Digest digest(RepositoryName repository, int place) {
        return new Digest(String.format("sha256:%032x%032x", repository.hashCode() & 0xffffffffL, place));
    }

    /** What the table knows of a repository. */
    RepositoryRecords records(RepositoryName repository) {
        return cpu.generating(() -> {
            Map<Tag, TaggedImage> tags = new HashMap<>();
            Map<Digest, StoredManifest> manifests = new HashMap<>();
            for (int place = 0; place < images; place += TOGETHER) {
                Tag tag = tag(place);
                Digest index = digest(repository, place);
                tags.put(tag, tagged(new Tagged(repository, tag), index, place));
                manifests.put(
                        index,
                        new StoredManifest(
                                new Digested(repository, index),
                                Optional.of(place + 1 < images ? INDEX : IMAGE),
                                children(repository, place),
                                Set.of(),
                                OptionalLong.of(80_000_000),
                                Optional.empty()));
            }
            return new RepositoryRecords(repository, tags, manifests);
        });
    }

    private Set<Digest> children(RepositoryName repository, int index) {
        return IntStream.range(index + 1, Math.min(images, index + TOGETHER))
                .mapToObj(place -> digest(repository, place))
                .collect(Collectors.toSet());
    }

    private static TaggedImage tagged(Tagged image, Digest digest, int place) {
        return new TaggedImage(
                image,
                Optional.of(digest),
                Optional.of(NOW.minus(Duration.ofDays(200))),
                Optional.empty(),
                Optional.empty(),
                pulledAt(place),
                3,
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(90));
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository, List<Digest> digests) {
        throw new AssertionError("a plan reads each image once");
    }

    @Override
    public Deletion delete(RepositoryName repository, List<Digest> digests) {
        throw new AssertionError("a plan deletes nothing");
    }
}
