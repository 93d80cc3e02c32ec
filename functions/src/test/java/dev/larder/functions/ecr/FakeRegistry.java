package dev.larder.functions.ecr;

import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** ECR with an upstream behind it, in maps: imports on a miss, checks after 24 hours, refuses listed manifests. */
public final class FakeRegistry implements ImageCache, CacheInventory {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    /** What happened, in order. */
    public final List<String> calls = new ArrayList<>();

    /** Blobs that are late. */
    public final Set<Digest> missing = new HashSet<>();

    /** What ECR has in its archive. */
    public final Set<Digest> archived = new HashSet<>();

    /** What the upstream answers instead of an image. */
    public Optional<Failure> outage = Optional.empty();

    /** Whether its tags are immutable. */
    public boolean immutable;

    /** What an import ends with, after ECR has fetched the manifests and before anything is there. */
    public Optional<Failure> cutOff = Optional.empty();

    /** Runs at the start of each call that warming makes, after it was written down; may throw to fail it. */
    public Runnable beforeCall = () -> {};

    /** Runs before a deletion, as another client would. */
    public Runnable beforeDelete = () -> {};

    /** Runs when a deletion was made, before anybody knows. */
    public Runnable afterDelete = () -> {};

    private final InstantSource clock;
    private final Map<Tagged, CachedManifest> upstream = new HashMap<>();
    private final Map<Digest, CachedManifest> content = new HashMap<>();
    private final Map<Tagged, Digest> tags = new HashMap<>();
    private final Map<Tagged, Instant> checked = new HashMap<>();
    private final Map<RepositoryName, Map<Digest, Instant>> pushed = new TreeMap<>();
    private final Map<Digest, Instant> pulled = new HashMap<>();
    private final Map<Digest, List<Digest>> signatures = new HashMap<>();
    private int number;

    /** @param clock for its 24 hours */
    public FakeRegistry(InstantSource clock) {
        this.clock = clock;
    }

    /** What ECR's methods throw when it fails as a whole. */
    public static CacheException broken() {
        return CacheException.of("delete images", Failure.classify("ServerException", "500"), new IOException());
    }

    /** Puts an image for the platforms on the upstream; another one each time. */
    public CachedManifest publish(Tagged image, String... platforms) {
        List<CachedManifest.Child> children = new ArrayList<>();
        for (String platform : platforms) {
            CachedManifest child = new CachedManifest(
                    next(),
                    IMAGE,
                    "{}",
                    List.of(),
                    List.of(new CachedManifest.Blob(next(), 10), new CachedManifest.Blob(next(), 100)));
            content.put(child.digest(), child);
            children.add(new CachedManifest.Child(child.digest(), Optional.of(Platform.parse(platform)), false));
        }
        CachedManifest manifest = new CachedManifest(next(), INDEX, "{}", children, List.of());
        content.put(manifest.digest(), manifest);
        upstream.put(image, manifest);
        return manifest;
    }

    /** Makes an index of the upstream list its first image without saying what that runs on. */
    public CachedManifest silence(Tagged image, CachedManifest index) {
        List<CachedManifest.Child> children = new ArrayList<>(index.children());
        children.set(0, new CachedManifest.Child(children.getFirst().digest(), Optional.empty(), false));
        CachedManifest silent =
                new CachedManifest(index.digest(), index.mediaType(), index.content(), children, List.of());
        content.put(index.digest(), silent);
        upstream.put(image, silent);
        return silent;
    }

    /** Puts an image that was published under one more tag of the upstream. */
    public void publishAs(Tagged image, CachedManifest manifest) {
        upstream.put(image, manifest);
    }

    /** What the upstream has under a tag. */
    public Optional<Digest> published(Tagged image) {
        return Optional.ofNullable(upstream.get(image)).map(CachedManifest::digest);
    }

    private Digest next() {
        number++;
        return new Digest("sha256:" + String.format("%064x", number));
    }

    /** A client pulls. */
    public void pull(Tagged image) {
        pulled.put(tags.get(image), clock.instant());
    }

    /** The digest that a tag has in the cache. */
    public Optional<Digest> cached(Tagged image) {
        return Optional.ofNullable(tags.get(image));
    }

    /** A manifest that was published. */
    public CachedManifest content(Digest digest) {
        return Objects.requireNonNull(content.get(digest));
    }

    /** Makes an index list one more manifest. */
    public void adopt(CachedManifest index, Digest child) {
        List<CachedManifest.Child> children = new ArrayList<>(index.children());
        children.add(new CachedManifest.Child(child, Optional.empty(), true));
        content.put(
                index.digest(),
                new CachedManifest(index.digest(), index.mediaType(), index.content(), children, List.of()));
    }

    /** How many manifests the repository holds. */
    public int size(RepositoryName repository) {
        return pushed.getOrDefault(repository, Map.of()).size();
    }

    @Override
    public Answer get(Tagged image) {
        calls.add("get " + image.tag());
        beforeCall.run();
        Instant last = checked.get(image);
        boolean fresh =
                tags.containsKey(image) && last != null && clock.instant().isBefore(last.plus(Duration.ofHours(24)));
        if (!fresh && outage.isEmpty() && upstream.containsKey(image)) {
            if (upstream.get(image).digest().equals(tags.get(image))) {
                calls.add("check " + image.tag());
                checked.put(image, clock.instant());
            } else if (cutOff.isPresent()) {
                calls.add("import " + image.tag());
                return new Answer.Refused(cutOff.get());
            } else {
                land(image, upstream.get(image));
            }
        }
        if (tags.containsKey(image)) {
            return new Answer.Found(content(tags.get(image)));
        }
        return new Answer.Refused(outage.orElse(Failure.classify("ImageNotFound", "Requested image not found")));
    }

    private void land(Tagged image, CachedManifest manifest) {
        calls.add("import " + image.tag());
        Map<Digest, Instant> repository = pushed.computeIfAbsent(image.repository(), name -> new TreeMap<>());
        manifest.children().forEach(child -> repository.putIfAbsent(child.digest(), clock.instant()));
        repository.putIfAbsent(manifest.digest(), clock.instant());
        tags.put(image, manifest.digest());
        checked.put(image, clock.instant());
    }

    @Override
    public Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests) {
        beforeCall.run();
        Map<Digest, CachedManifest> found = new HashMap<>();
        for (Digest digest : digests) {
            if (pushed.getOrDefault(repository, Map.of()).containsKey(digest)) {
                found.put(digest, content(digest));
            }
        }
        return found;
    }

    /** Puts a manifest about another one on the upstream; it comes when somebody asks what refers to that. */
    public Digest sign(Digest subject) {
        CachedManifest signature = new CachedManifest(next(), IMAGE, "{}", List.of(), List.of());
        content.put(signature.digest(), signature);
        signatures.computeIfAbsent(subject, any -> new ArrayList<>()).add(signature.digest());
        return signature.digest();
    }

    @Override
    public Set<Digest> referrers(RepositoryName repository, Digest subject) {
        calls.add("referrers " + subject);
        beforeCall.run();
        List<Digest> referrers = signatures.getOrDefault(subject, List.of());
        referrers.forEach(digest ->
                pushed.computeIfAbsent(repository, name -> new TreeMap<>()).putIfAbsent(digest, clock.instant()));
        return Set.copyOf(referrers);
    }

    @Override
    public Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs) {
        beforeCall.run();
        Set<Digest> late = new HashSet<>(blobs);
        late.retainAll(missing);
        return late;
    }

    @Override
    public void tag(RepositoryName repository, CachedManifest manifest, Tag tag) {
        calls.add("tag " + tag);
        beforeCall.run();
        Digest there = tags.get(new Tagged(repository, tag));
        if (immutable && there != null && !there.equals(manifest.digest())) {
            throw new CacheException("tag", Failure.classify("ImageTagAlreadyExistsException", "immutable"));
        }
        pushed.computeIfAbsent(repository, name -> new TreeMap<>()).putIfAbsent(manifest.digest(), clock.instant());
        tags.put(new Tagged(repository, tag), manifest.digest());
    }

    @Override
    public void untag(Tagged image) {
        calls.add("untag " + image.tag());
        beforeCall.run();
        Digest digest = tags.remove(image);
        checked.remove(image);
        if (digest != null && tags.values().stream().noneMatch(digest::equals)) {
            pushed.getOrDefault(image.repository(), new TreeMap<>()).remove(digest);
        }
    }

    @Override
    public Stream<Repository> repositories() {
        return List.copyOf(pushed.keySet()).stream()
                .map(name -> new Repository(
                        name,
                        new RepositoryDescription(
                                "arn:aws:ecr:eu-central-1:111122223333:repository/" + name,
                                new TagMutability("MUTABLE", List.of()),
                                false,
                                Optional.empty())));
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository) {
        return manifests(
                repository,
                List.copyOf(pushed.getOrDefault(repository, Map.of()).keySet()));
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository, List<Digest> digests) {
        return digests.stream()
                .filter(digest -> pushed.getOrDefault(repository, Map.of()).containsKey(digest))
                .map(digest -> detail(repository, content(digest)))
                .toList();
    }

    private Manifest detail(RepositoryName repository, CachedManifest manifest) {
        return new Manifest(
                repository,
                manifest.digest(),
                tags.entrySet().stream()
                        .filter(tag -> tag.getKey().repository().equals(repository)
                                && tag.getValue().equals(manifest.digest()))
                        .map(tag -> tag.getKey().tag())
                        .toList(),
                Optional.of(manifest.mediaType()),
                OptionalLong.of(Math.max(100, manifest.blobBytes())),
                Optional.ofNullable(pushed.getOrDefault(repository, Map.of()).get(manifest.digest())),
                Optional.ofNullable(pulled.get(manifest.digest())),
                Optional.empty(),
                manifest.mediaType().equals(INDEX) ? Optional.empty() : Optional.of(Set.of()),
                archived.contains(manifest.digest()));
    }

    @Override
    public Deletion delete(RepositoryName repository, List<Digest> digests) {
        beforeDelete.run();
        Map<Digest, String> failures = new HashMap<>();
        Map<Digest, Instant> there = pushed.getOrDefault(repository, Map.of());
        for (Digest digest : digests) {
            boolean listed = there.keySet().stream()
                    .flatMap(parent -> content(parent).children().stream())
                    .anyMatch(child -> child.digest().equals(digest));
            if (listed) {
                failures.put(digest, "ImageReferencedByManifestList: Requested image referenced by manifest list");
            }
        }
        Set<Digest> gone = new HashSet<>(digests);
        gone.removeAll(failures.keySet());
        gone.forEach(digest -> {
            calls.add("delete " + digest);
            there.remove(digest);
            tags.values().removeIf(digest::equals);
        });
        afterDelete.run();
        return new Deletion(gone, failures);
    }
}
