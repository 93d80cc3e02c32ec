package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.image.VersionTag;
import dev.larder.domain.warming.Adoption;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.domain.warming.Successors;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is pulled in a cell, and the new versions of it, as of one moment. */
public final class Survey {
    /** From so many images on a repository's records are read at once. */
    private static final int WHOLE = 50;

    private final Upstreams upstreams;
    private final KnownImages images;
    private final Instant now;
    private final Map<Tagged, Pulled> pulled = new HashMap<>();
    private final Map<RepositoryName, Sightings> sightings = new HashMap<>();
    private final Map<Tagged, Known> known = new HashMap<>();
    private final List<Known> popular = new ArrayList<>();

    private Survey(Upstreams upstreams, KnownImages images, Instant now) {
        this.upstreams = upstreams;
        this.images = images;
        this.now = now;
    }

    /**
     * Looks at the record.
     *
     * @param minimumPulls what was pulled less often is not looked at more closely
     */
    static Survey of(Upstreams upstreams, PlanningPorts ports, Freshness freshness, int minimumPulls, Instant now) {
        Survey survey = new Survey(upstreams, new KnownImages(ports.records(), freshness, now), now);
        upstreams
                .all()
                .forEach(upstream -> survey.sightings.putAll(ports.sightings().of(upstream.prefix())));
        ports.demands().at(now).forEach((image, pulls) -> {
            if (!KeepTag.is(image.tag()) && survey.upstream(image).isPresent()) {
                survey.pulled.put(image, pulls);
            }
        });
        survey.pulled.forEach((image, pulls) -> {
            if (pulls.pulls() >= Math.max(1, minimumPulls)) {
                survey.popular.add(survey.known(image));
            }
        });
        return survey;
    }

    /** The upstream of an image, if its allow-list has the repository. */
    Optional<Upstream> upstream(Tagged image) {
        return upstreams.of(image.repository()).filter(upstream -> Upstreams.allows(upstream, image.repository()));
    }

    /** What was pulled, or failed to be. */
    public Map<Tagged, Pulled> pulled() {
        return pulled;
    }

    /** What was pulled often enough to be looked at. */
    public List<Known> popular() {
        return popular;
    }

    /** What was seen lately of a repository at its upstream. */
    public Optional<Sightings> sightings(RepositoryName repository) {
        return Optional.ofNullable(sightings.get(repository));
    }

    /** Many images of a repository are about to be asked for: what the table has of it is read at once. */
    void expect(List<Tagged> wanted) {
        wanted.stream()
                .collect(Collectors.groupingBy(Tagged::repository, Collectors.counting()))
                .forEach((repository, many) -> {
                    if (many >= WHOLE) {
                        images.read(repository);
                    }
                });
    }

    /** What is known of an image of an upstream. */
    public Known known(Tagged image) {
        Known before = known.get(image);
        if (before != null) {
            return before;
        }
        Upstream upstream = upstream(image)
                .orElseThrow(() -> new IllegalArgumentException(image + " is under no upstream that allows it"));
        Known found =
                images.of(image, upstream, pulled.getOrDefault(image, Pulled.NEVER), sightings(image.repository()));
        known.put(image, found);
        return found;
    }

    /** Whether users failed lately to pull an image by tag, as far as nobody has forgotten it. */
    boolean isMissed(Tagged image) {
        return pulled.getOrDefault(image, Pulled.NEVER).failedByTag() > 0;
    }

    /** Whether the last try to warm an image failed, whatever for. */
    boolean hasFailed(Tagged image) {
        known(image);
        return images.hasFailed(image);
    }

    /**
     * The new versions of what is pulled.
     *
     * @param substitutes where the tags of a repository are looked at
     */
    public List<Successors.Successor> successors(Substitutes substitutes) {
        Map<RepositoryName, List<Known>> versioned = popular.stream()
                .filter(image -> image.version().isPresent())
                .collect(Collectors.groupingBy(image -> image.image().repository()));
        Map<RepositoryName, NewTags> news = new HashMap<>();
        versioned
                .keySet()
                .forEach(repository -> sightings(substitutes.of(repository))
                        .ifPresent(seen -> news.put(
                                repository, new NewTags(repository, seen.news().tags()))));
        Adoption adoption = new Adoption();
        news.forEach((repository, tags) -> adoption.learn(tags, versions(repository), now));
        List<Successors.Successor> found = new ArrayList<>();
        news.forEach((repository, tags) ->
                found.addAll(Successors.of(tags, versioned.getOrDefault(repository, List.of()), adoption, now)));
        return found;
    }

    /** All that were pulled of a repository, however rarely. */
    private List<VersionTag> versions(RepositoryName repository) {
        return pulled.entrySet().stream()
                .filter(image -> image.getKey().repository().equals(repository)
                        && image.getValue().pulls() > 0)
                .flatMap(image -> VersionTag.of(image.getKey().tag()).stream())
                .toList();
    }
}
