package dev.larder.functions.lookout;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.registry.ImportCounts;
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.UpstreamManifest;
import dev.larder.functions.registry.UpstreamRegistries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Upstreams with lists of tags that have an ETag; each answers what a test gave it, and remembers what it was asked. */
final class ListedUpstreams implements UpstreamRegistries {
    final List<String> asked = new ArrayList<>();
    final Map<String, Set<Tag>> lists = new HashMap<>();
    final Map<String, Digest> digests = new HashMap<>();

    /** By prefix. */
    final Map<String, Failure> refusals = new HashMap<>();

    Optional<ReportedLimit> limit = Optional.empty();
    int pages = 1;

    /** That each answer takes. */
    int requests = 1;

    Runnable beforeArrival = () -> {};

    void list(String repository, String... tags) {
        Set<Tag> all = new HashSet<>();
        for (String tag : tags) {
            all.add(new Tag(tag));
        }
        lists.put(repository, all);
    }

    @Override
    public Looked<UpstreamManifest> manifest(Upstream upstream, Tagged image) {
        asked.add("HEAD " + image);
        beforeArrival.run();
        if (refusals.containsKey(upstream.prefix())) {
            return new Looked.Refused<>(refusals.get(upstream.prefix()), requests, limit);
        }
        return Optional.ofNullable(digests.get(image.toString()))
                .<Looked<UpstreamManifest>>map(digest -> new Looked.Found<>(
                        new UpstreamManifest(digest, Optional.empty(), OptionalLong.empty()), requests, limit))
                .orElseGet(
                        () -> new Looked.Refused<>(Failure.classify("MANIFEST_UNKNOWN", "unknown"), requests, limit));
    }

    @Override
    public Looked<ImportCounts> counts(Upstream upstream, Digested image) {
        throw new AssertionError("nobody imports " + image);
    }

    @Override
    public Looked<Digest> digest(Upstream upstream, Digested image) {
        throw new AssertionError("nobody looks out for " + image);
    }

    @Override
    public Looked<TagListing> tags(Upstream upstream, RepositoryName repository, TagListing before) {
        asked.add("LIST " + repository
                + before.version().map(known -> " unless " + known).orElse("")
                + before.next().map(page -> " from " + page).orElse(""));
        beforeArrival.run();
        if (refusals.containsKey(upstream.prefix())) {
            return new Looked.Refused<>(refusals.get(upstream.prefix()), requests, limit);
        }
        Set<Tag> list = lists.get(repository.value());
        if (list == null) {
            return new Looked.Refused<>(Failure.classify("NAME_UNKNOWN", "no such repository"), requests, limit);
        }
        Optional<String> now = Optional.of("etag-" + Integer.toHexString(list.hashCode()));
        if (now.equals(before.version())) {
            return new Looked.Unchanged<>(requests, limit);
        }
        List<Tag> sorted = list.stream().sorted().toList();
        int from = sorted.size() * before.pages() / pages;
        int to = sorted.size() * (before.pages() + 1) / pages;
        Optional<String> next =
                before.pages() + 1 < pages ? Optional.of("page " + (before.pages() + 2)) : Optional.empty();
        before.add(Set.copyOf(sorted.subList(from, to)), now, next);
        return new Looked.Found<>(before, requests, limit);
    }
}
