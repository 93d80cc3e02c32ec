package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.CacheState;
import dev.larder.local.oci.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link CacheState} in memory. A commit that its contract forbids is an {@link IllegalStateException}. */
public final class MemoryCacheState implements CacheState {
    public final MemoryBlobStore blobs = new MemoryBlobStore();
    private final List<CacheRule> rules = new ArrayList<>();
    private final Map<String, Repository> repositories = new TreeMap<>();

    public static final class Repository {
        public final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
        public final Map<String, CachedTag> tags = new TreeMap<>();
    }

    public synchronized void rule(String prefix, String url) {
        rules.add(new CacheRule(prefix, Optional.empty(), url, CacheRule.ROOT, Optional.empty()));
    }

    public synchronized void rule(CacheRule rule) {
        rules.add(rule);
    }

    public synchronized void dropRules() {
        rules.clear();
    }

    public synchronized Map<String, Repository> repositories() {
        return new TreeMap<>(repositories);
    }

    public synchronized void createRepository(String repository) {
        repositories.computeIfAbsent(repository, name -> new Repository());
    }

    /** As {@code BatchDeleteImage} by digest does. */
    public synchronized void delete(String repository, Digest digest) {
        Repository there = repositories.get(repository);
        there.manifests.remove(digest);
        there.tags.values().removeIf(tag -> tag.digest().equals(digest));
    }

    /** Archives: the image stays under its tag and is not active. */
    public synchronized void archive(String repository, Digest digest) {
        repositories.get(repository).manifests.remove(digest);
    }

    @Override
    public synchronized Optional<CacheRule> ruleFor(String repository) {
        return rules.stream()
                .filter(rule -> rule.prefix().equals(CacheRule.ROOT) || repository.startsWith(rule.prefix() + "/"))
                .max(Comparator.comparingInt(rule ->
                        rule.prefix().equals(CacheRule.ROOT) ? 0 : rule.prefix().length()));
    }

    @Override
    public synchronized boolean repositoryExists(String repository) {
        return repositories.containsKey(repository);
    }

    @Override
    public synchronized void createFromTemplate(String repository) {
        createRepository(repository);
    }

    @Override
    public synchronized Optional<CachedTag> tag(String repository, String tag) {
        return Optional.ofNullable(repositories.get(repository)).map(there -> there.tags.get(tag));
    }

    @Override
    public synchronized Optional<Manifest> manifest(String repository, Digest digest) {
        return Optional.ofNullable(repositories.get(repository)).map(there -> there.manifests.get(digest));
    }

    @Override
    public MemoryBlobStore blobs() {
        return blobs;
    }

    @Override
    public synchronized void commit(
            String repository, List<Manifest> manifests, Optional<String> tag, Instant validatedAt) {
        Repository there = repositories.get(repository);
        if (there == null) {
            throw new IllegalStateException("commit to " + repository + ", which is not there");
        }
        Map<Digest, Manifest> after = new LinkedHashMap<>(there.manifests);
        for (Manifest manifest : manifests) {
            boolean whole = manifest.blobs().stream().allMatch(blob -> blobs.hasSettled(blob.digest()))
                    && manifest.children().stream().allMatch(child -> after.containsKey(child.digest()));
            if (!whole) {
                throw new IllegalStateException("commit of half an image: " + manifest.digest());
            }
            after.put(manifest.digest(), manifest);
        }
        there.manifests.putAll(after);
        tag.ifPresent(
                name -> there.tags.put(name, new CachedTag(manifests.getLast().digest(), validatedAt)));
    }

    @Override
    public synchronized void validated(String repository, String tag, Instant at) {
        repositories.get(repository).tags.computeIfPresent(tag, (name, known) -> new CachedTag(known.digest(), at));
    }
}
