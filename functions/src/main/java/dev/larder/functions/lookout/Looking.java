package dev.larder.functions.lookout;

import dev.larder.config.Upstream;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.SightingStore;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.upstream.UnfinishedLists;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.upstream.UpstreamTags;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at upstreams: as long as there is time, within each one's budget, and not at those that are not well. What is not
 * looked at now is due in the next run.
 */
public final class Looking {
    /** Shorter than the function's timeout of ten minutes by far more than a look takes. */
    private static final Duration TIME = Duration.ofMinutes(4);

    private final Upstreams upstreams;
    private final UpstreamLooks looks;
    private final Visit.Ports ports;
    private final SightingStore sightings;
    private final InstantSource clock;

    /** Takes what decides, and the ports. */
    public Looking(
            Upstreams upstreams,
            UpstreamLooks looks,
            UpstreamRegistries registries,
            UpstreamStates states,
            UpstreamTags tags,
            UnfinishedLists unfinished,
            SightingStore sightings,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.looks = looks;
        this.ports = new Visit.Ports(registries, states, new UpstreamFunds(states), tags, unfinished, sightings, clock);
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Looks. */
    public LookOutcome look() {
        Instant end = clock.instant().plus(TIME);
        UpstreamLooks.Looks due = looks.at(clock.instant());
        Map<RepositoryName, List<Tagged>> byRepository =
                due.tags().stream().collect(Collectors.groupingBy(Tagged::repository));
        SightingsBefore before = new SightingsBefore(upstreams, sightings);
        Set<String> silent = new HashSet<>();
        Set<RepositoryName> wanted = new LinkedHashSet<>(ListOrder.of(
                due.lists(), list -> before.of(list).flatMap(Sightings::refusal).isPresent(), clock.instant()));
        wanted.addAll(ListOrder.rotated(byRepository.keySet(), clock.instant()));
        List<RepositoryName> repositories = ListOrder.inTurns(
                wanted, repository -> upstreams.of(repository).orElseThrow().prefix(), clock.instant());
        List<String> putOff = new ArrayList<>();
        int lists = 0;
        int heads = 0;
        for (RepositoryName repository : repositories) {
            if (!clock.instant().isBefore(end)) {
                putOff.add(repository + ": no time was left");
                continue;
            }
            Upstream upstream = upstreams.of(repository).orElseThrow();
            Optional<Sightings> seen = before.of(repository);
            if (silent.contains(upstream.prefix())) {
                putOff.add(repository + ": the upstream did not answer a moment ago");
                continue;
            }
            Visit visit = new Visit(ports, upstream, repository, seen, putOff);
            lists += due.lists().contains(repository) && visit.list() ? 1 : 0;
            heads += visit.look(byRepository.getOrDefault(repository, List.of()));
            visit.keep();
            if (visit.isSilent()) {
                silent.add(upstream.prefix());
            }
        }
        return new LookOutcome(lists, heads, putOff);
    }
}
