package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.MovingTags;
import dev.larder.domain.usage.Tagging;
import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Interest;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Sightings;
import dev.larder.domain.warming.Successors;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.upstream.UpstreamTags;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what is worth looking at, at upstreams: lists of tags, when something may have come out; and single tags, when one
 * of the tags of the same image moved, when a new version is about to be warmed, or when a tag is sought that points at a
 * digest that is pinned, or that users failed to pull.
 */
public final class UpstreamLooks {
    /** A tag that is wanted less is not worth a look of its own. */
    private static final double LEAST_WANTED = 0.2;

    /** So many tags of a repository are looked at in a run, in search of a digest. */
    private static final int SEARCHED = 20;

    /** A tag that was looked at in search of a digest is looked at again after so long. */
    private static final Duration SEARCHED_FOR = Duration.ofDays(7);

    /** One that moves now and then, after so long; the list of tags is read again as often. */
    private static final Duration MOVES_WITHIN = Duration.ofHours(6);

    private static final Duration DAY = Duration.ofDays(1);

    private final Upstreams upstreams;
    private final Warm warm;
    private final PlanningPorts ports;
    private final UpstreamTags tags;
    private final Substitutes substitutes;

    /** Takes the settings and the ports. */
    public UpstreamLooks(Upstreams upstreams, Warm warm, PlanningPorts ports, UpstreamTags tags) {
        this.upstreams = upstreams;
        this.warm = warm;
        this.ports = ports;
        this.tags = tags;
        this.substitutes = new Substitutes(warm.substitutes());
    }

    /**
     * What is worth looking at now.
     *
     * @param lists repositories of which the list of tags is worth reading, the longest due first
     * @param tags worth looking at
     */
    public record Looks(List<RepositoryName> lists, Set<Tagged> tags) {
        /** Copies. */
        public Looks {
            lists = List.copyOf(lists);
            tags = Set.copyOf(tags);
        }
    }

    /** Decides. */
    public Looks at(Instant now) {
        Survey survey = Survey.of(
                upstreams, ports, new Freshness(Duration.ZERO), warm.popular().minimumPulls(), now);
        Map<RepositoryName, List<Known>> byRepository = survey.popular().stream()
                .collect(Collectors.groupingBy(image -> image.image().repository()));
        Map<RepositoryName, Instant> due = new HashMap<>();
        Set<Tagged> looks = new LinkedHashSet<>();
        byRepository.forEach((repository, images) -> {
            Tagging history = ports.records().tagging(repository);
            if (images.stream().anyMatch(image -> image.version().isPresent())) {
                RepositoryName listed = substitutes.of(repository);
                due.merge(listed, due(listed, survey, images, history), UpstreamLooks::earlier);
            }
            siblings(images, history, survey.sightings(repository), now).forEach(looks::add);
        });
        ports.wanted()
                .listed()
                .forEach(repository ->
                        due.merge(repository, Interest.wanted(listedAt(repository, survey)), UpstreamLooks::earlier));
        ports.wanted()
                .searched()
                .forEach(repository -> due.merge(
                        repository,
                        new Interest(repository, listedAt(repository, survey), Optional.empty(), false).due(),
                        UpstreamLooks::earlier));
        survey.successors(substitutes).stream()
                .filter(successor -> successor.tag().digest().isEmpty())
                .map(Successors.Successor::image)
                .forEach(image -> looks.add(new Tagged(substitutes.of(image.repository()), image.tag())));
        sought(now).forEach((image, since) -> {
            KnownTags known = tags.of(image.repository());
            if (isUnknown(image, known)) {
                due.merge(
                        image.repository(),
                        Interest.wanted(listedAt(image.repository(), survey)),
                        UpstreamLooks::earlier);
                looks.addAll(searched(known, since, now));
            }
        });
        due.replaceAll((repository, at) -> survey.sightings(repository)
                .flatMap(Sightings::mendedBy)
                .filter(at::isAfter)
                .orElse(at));
        return new Looks(
                due.entrySet().stream()
                        .filter(repository -> !repository.getValue().isAfter(now) && isAllowed(repository.getKey()))
                        .sorted(Map.Entry.<RepositoryName, Instant>comparingByValue()
                                .thenComparing(entry -> entry.getKey().value()))
                        .map(Map.Entry::getKey)
                        .toList(),
                looks.stream().filter(image -> isAllowed(image.repository())).collect(Collectors.toSet()));
    }

    private boolean isAllowed(RepositoryName repository) {
        Optional<Upstream> upstream = upstreams.of(repository);
        return upstream.filter(allowing -> Upstreams.allows(allowing, repository))
                .isPresent();
    }

    private static Instant due(RepositoryName listed, Survey survey, Collection<Known> images, Tagging history) {
        Optional<Instant> moved = images.stream()
                .map(image -> history.moves(image.image().tag()))
                .filter(moves -> !moves.isEmpty())
                .map(moves -> moves.lastKey())
                .max(Comparator.naturalOrder());
        return new Interest(listed, listedAt(listed, survey), moved, moved.isPresent()).due();
    }

    private static Optional<Instant> listedAt(RepositoryName repository, Survey survey) {
        return survey.sightings(repository).flatMap(Sightings::listedAt);
    }

    /** Tags that were on the same image as one that has moved since they were checked. */
    private static List<Tagged> siblings(List<Known> images, Tagging history, Optional<Sightings> seen, Instant now) {
        Map<Digest, Instant> left = new HashMap<>();
        for (Known image : images) {
            history.moves(image.image().tag())
                    .forEach((at, to) -> history.at(image.image().tag(), at.minusMillis(1))
                            .ifPresent(from -> left.merge(from, at, (one, other) -> one.isAfter(other) ? one : other)));
        }
        List<Tagged> siblings = new ArrayList<>();
        for (Known image : images) {
            Optional<Instant> moved = image.digest().map(left::get);
            boolean news = moved.filter(
                            at -> image.checkedAt().filter(at::isAfter).isPresent())
                    .filter(at -> seen.map(sightings ->
                                    sightings.looked().get(image.image().tag()))
                            .filter(sight -> !sight.at().isBefore(at))
                            .isEmpty())
                    .isPresent();
            if (news && image.demand().filter(demand -> isWanted(demand, now)).isPresent()) {
                siblings.add(image.image());
            }
        }
        return siblings;
    }

    private static boolean isWanted(Demand demand, Instant now) {
        return demand.within(DAY, now) >= LEAST_WANTED;
    }

    /** The images by digest to which a tag is to be found, each with the time at which it was wanted last. */
    private Map<Digested, Instant> sought(Instant now) {
        Map<Digested, Instant> sought = new LinkedHashMap<>();
        ports.wanted().digests().stream()
                .filter(pin -> pin.by().isEmpty())
                .forEach(pin -> sought.put(pin.image(), now));
        new MissedDigests(ports)
                .at(now).stream()
                        .filter(missed -> !missed.found())
                        .forEach(missed -> sought.putIfAbsent(
                                missed.image(), missed.failed().orElse(Instant.MIN)));
        return sought;
    }

    private boolean isUnknown(Digested image, KnownTags known) {
        boolean there = ports.records()
                .manifest(image.repository(), image.digest())
                .flatMap(manifest -> manifest.mediaType())
                .isPresent();
        return !there
                && known.tags().values().stream()
                        .noneMatch(seen ->
                                seen.digest().filter(image.digest()::equals).isPresent());
    }

    /**
     * The newest versions first: what is wanted is rarely old. Before them, half of the places are for tags that may have moved
     * to the image since they were looked at.
     *
     * @param since when the image was wanted: what was looked at since then does not lead there
     */
    private static List<Tagged> searched(KnownTags known, Instant since, Instant now) {
        Set<Tag> moving = MovingTags.among(known.tags().keySet());
        Stream<Tag> again = known.tags().entrySet().stream()
                .filter(tag -> moving.contains(tag.getKey()))
                .filter(tag -> tag.getValue()
                        .digestAt()
                        .filter(at -> at.isBefore(since) && !at.isAfter(now.minus(MOVES_WITHIN)))
                        .isPresent())
                .map(Map.Entry::getKey)
                .sorted(VersionTag.NEWEST_FIRST)
                .limit(SEARCHED / 2);
        Stream<Tag> others = known.tags().entrySet().stream()
                .filter(tag -> tag.getValue()
                        .digestAt()
                        .filter(at -> at.isAfter(now.minus(SEARCHED_FOR)))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .sorted(VersionTag.NEWEST_FIRST);
        return Stream.concat(again, others)
                .distinct()
                .limit(SEARCHED)
                .map(tag -> new Tagged(known.repository(), tag))
                .toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
