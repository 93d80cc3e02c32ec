package dev.larder.functions.lookout;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.SightingStore;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.TagList;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.upstream.UpstreamTags;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final UpstreamRegistries registries;
    private final UpstreamStates states;
    private final UpstreamTags tags;
    private final SightingStore sightings;
    private final InstantSource clock;

    /** Takes what decides, and the ports. */
    public Looking(
            Upstreams upstreams,
            UpstreamLooks looks,
            UpstreamRegistries registries,
            UpstreamStates states,
            UpstreamTags tags,
            SightingStore sightings,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.looks = looks;
        this.registries = registries;
        this.states = states;
        this.tags = tags;
        this.sightings = sightings;
        this.clock = clock;
    }

    /**
     * What a run came to.
     *
     * @param lists that were read
     * @param heads tags that were looked at
     * @param putOff what was left for the next run, and why
     */
    public record Outcome(int lists, int heads, List<String> putOff) {
        /** Copies the list. */
        public Outcome {
            putOff = List.copyOf(putOff);
        }
    }

    /** Looks. */
    public Outcome look() {
        Instant end = clock.instant().plus(TIME);
        UpstreamLooks.Looks due = looks.at(clock.instant());
        Map<RepositoryName, List<Tagged>> byRepository =
                due.tags().stream().collect(Collectors.groupingBy(Tagged::repository));
        Set<RepositoryName> repositories = new LinkedHashSet<>(due.lists());
        repositories.addAll(byRepository.keySet());
        Map<String, Map<RepositoryName, Sightings>> before = new HashMap<>();
        List<String> putOff = new ArrayList<>();
        int lists = 0;
        int heads = 0;
        for (RepositoryName repository : repositories) {
            if (!clock.instant().isBefore(end)) {
                putOff.add(repository + ": no time was left");
                continue;
            }
            Upstream upstream = upstreams.of(repository).orElseThrow();
            Optional<Instant> listedAt = Optional.ofNullable(before.computeIfAbsent(upstream.prefix(), sightings::of)
                            .get(repository))
                    .flatMap(Sightings::listedAt);
            Visit visit = new Visit(upstream, repository, listedAt, putOff);
            lists += due.lists().contains(repository) && visit.list() ? 1 : 0;
            heads += visit.look(byRepository.getOrDefault(repository, List.of()));
            visit.keep();
        }
        return new Outcome(lists, heads, putOff);
    }

    /** What is looked at in one repository: kept at once, when all of it was looked at. */
    private final class Visit {
        private final Upstream upstream;
        private final Tariff tariff;
        private final List<String> putOff;
        private Optional<Instant> listedAt;
        private KnownTags known;
        private boolean probing;
        private boolean refused;
        private boolean changed;

        /** @param listedAt when its list was last asked for, and read or refused */
        Visit(Upstream upstream, RepositoryName repository, Optional<Instant> listedAt, List<String> putOff) {
            this.upstream = upstream;
            this.tariff = Tariffs.of(upstream);
            this.listedAt = listedAt;
            this.putOff = putOff;
            this.known = tags.of(repository);
        }

        /** Whether the list was read. */
        boolean list() {
            if (!mayAsk(tariff.list(), "the list of tags")) {
                return false;
            }
            Looked<TagList> looked = registries.tags(upstream, known.repository(), known.version());
            Instant now = clock.instant();
            told(looked, now);
            int more = Math.max(0, looked.requests() - 1) * tariff.list();
            // pages are known when they are read: what the budget does not hold any more is owed
            funds().settle(upstream, 0, more, now);
            return switch (looked) {
                case Looked.Found<TagList> found -> {
                    known = known.listed(found.value().tags(), found.value().version(), now);
                    listedAt = Optional.of(now);
                    changed = true;
                    yield true;
                }
                case Looked.Unchanged<TagList> unchanged -> {
                    known = known.unchanged(now);
                    listedAt = Optional.of(now);
                    changed = true;
                    yield true;
                }
                case Looked.Refused<TagList> refusal -> {
                    FailureKind kind = refusal.failure().kind();
                    if (kind.imagesOwn() || kind == FailureKind.UNKNOWN) {
                        // it is asked for again in days, like one that was read
                        listedAt = Optional.of(now);
                        refused = true;
                    }
                    refused("the list of tags", refusal.failure(), now);
                    yield false;
                }
            };
        }

        /** How many tags were looked at. */
        int look(List<Tagged> images) {
            int count = 0;
            for (Tagged image : images) {
                if (!mayAsk(tariff.head(), image.tag().value())) {
                    return count;
                }
                Looked<Digest> looked = registries.digest(upstream, image);
                Instant now = clock.instant();
                told(looked, now);
                switch (looked) {
                    case Looked.Found<Digest> found -> {
                        known = known.looked(image.tag(), found.value(), now);
                        changed = true;
                        count++;
                    }
                    case Looked.Unchanged<Digest> unchanged -> count++;
                    case Looked.Refused<Digest> refusal -> {
                        if (refusal.failure().kind() == FailureKind.NOT_FOUND) {
                            known = known.gone(image.tag());
                            changed = true;
                        }
                        refused(image.tag().value(), refusal.failure(), now);
                    }
                }
            }
            return count;
        }

        void keep() {
            if (changed) {
                tags.keep(known);
            }
            if (changed || refused) {
                Sightings seen = Sightings.of(known, clock.instant());
                sightings.keep(upstream.prefix(), new Sightings(seen.news(), seen.looked(), listedAt));
            }
        }

        private boolean mayAsk(int cost, String what) {
            Instant now = clock.instant();
            String name = known.repository() + ", " + what + ": ";
            Circuit.Phase phase = states.of(upstream.prefix()).circuit().phase(now);
            if (phase == Circuit.Phase.OPEN) {
                putOff.add(name + "the upstream failed lately");
                return false;
            }
            if (!funds().pay(upstream, cost, now)) {
                putOff.add(name + "the budget is spent");
                return false;
            }
            // there may be no order to be the probe: one look after the other is as careful
            probing = phase == Circuit.Phase.HALF_OPEN;
            return true;
        }

        private UpstreamFunds funds() {
            return new UpstreamFunds(states);
        }

        private void told(Looked<?> looked, Instant now) {
            looked.limit().ifPresent(limit -> states.reported(upstream.prefix(), limit, now));
            if (probing && !(looked instanceof Looked.Refused<?>)) {
                new UpstreamHealth(states).succeeded(upstream.prefix(), now);
            }
        }

        private void refused(String what, Failure failure, Instant now) {
            putOff.add(known.repository() + ", " + what + ": " + failure);
            new UpstreamHealth(states).failed(upstream.prefix(), failure, now);
        }
    }
}
