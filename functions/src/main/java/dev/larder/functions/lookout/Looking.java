package dev.larder.functions.lookout;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.TagListing;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Interest;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.SightingStore;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UnfinishedLists;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.upstream.UpstreamTags;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
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

    /** For one list, and for the tags of one repository, in a run: the others have their turn, and it goes on in the next. */
    private static final Duration TURN = Duration.ofSeconds(30);

    /** Such a list is asked for again in hours, and not when it would be read again. */
    private static final Set<FailureKind> MENDED_BY_PEOPLE =
            EnumSet.of(FailureKind.CREDENTIALS, FailureKind.DENIED, FailureKind.UNKNOWN);

    private final Upstreams upstreams;
    private final UpstreamLooks looks;
    private final UpstreamRegistries registries;
    private final UpstreamStates states;
    private final UpstreamFunds funds;
    private final UpstreamTags tags;
    private final UnfinishedLists unfinished;
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
        this.registries = registries;
        this.states = states;
        this.funds = new UpstreamFunds(states);
        this.tags = tags;
        this.unfinished = unfinished;
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
        wanted.addAll(byRepository.keySet());
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
            Visit visit = new Visit(upstream, repository, seen, putOff);
            lists += due.lists().contains(repository) && visit.list() ? 1 : 0;
            heads += visit.look(byRepository.getOrDefault(repository, List.of()));
            visit.keep();
            if (visit.silent) {
                silent.add(upstream.prefix());
            }
        }
        return new LookOutcome(lists, heads, putOff);
    }

    /** What is looked at in one repository: kept at once, when all of it was looked at. */
    private final class Visit {
        private final Upstream upstream;
        private final Tariff tariff;
        private final List<String> putOff;
        private Optional<Instant> listedAt;
        private Optional<String> refusal;
        private Optional<Instant> mendedBy;
        private KnownTags known;
        private boolean probing;
        private Instant asked = Instant.EPOCH;
        private boolean refused;
        private boolean changed;
        private boolean silent;

        /** @param seen of the repository before */
        Visit(Upstream upstream, RepositoryName repository, Optional<Sightings> seen, List<String> putOff) {
            this.upstream = upstream;
            this.tariff = Tariffs.of(upstream);
            this.listedAt = seen.flatMap(Sightings::listedAt);
            this.refusal = seen.flatMap(Sightings::refusal);
            this.mendedBy = seen.flatMap(Sightings::mendedBy);
            this.putOff = putOff;
            this.known = tags.of(repository);
        }

        /** Whether the list was read to its end. Each page is paid before. */
        boolean list() {
            Optional<TagListing> begun = unfinished.of(known.repository());
            TagListing listing = begun.orElseGet(() -> TagListing.of(known.version()));
            Instant end = clock.instant().plus(TURN);
            do {
                if (isForOthers(listName()) || !mayAsk(tariff.list(), "the list of tags")) {
                    return later(listing);
                }
                Looked<TagListing> looked = registries.tags(upstream, known.repository(), listing);
                Instant now = clock.instant();
                told(looked, now);
                settle(looked, tariff.list(), now);
                switch (looked) {
                    case Looked.Found<TagListing> found -> {}
                    case Looked.Unchanged<TagListing> unchanged -> {
                        known = known.unchanged(now);
                        return readAt(now);
                    }
                    case Looked.Refused<TagListing> refused -> {
                        refused(listName(), refused.failure(), now);
                        this.refusal = Optional.of(refused.failure().toString());
                        this.refused = true;
                        return ended(refused.failure().kind(), listing, begun.isPresent(), now);
                    }
                }
            } while (!listing.isComplete() && clock.instant().isBefore(end));
            return listing.isComplete() ? read(listing) : later(listing);
        }

        private boolean read(TagListing listing) {
            Instant now = clock.instant();
            known = known.listed(listing.tags(), listing.version(), now);
            unfinished.forget(known.repository());
            return readAt(now);
        }

        private boolean readAt(Instant now) {
            listedAt = Optional.of(now);
            refusal = Optional.empty();
            mendedBy = Optional.empty();
            changed = true;
            return true;
        }

        /** What was read is kept, and the next run goes on with it. */
        private boolean later(TagListing listing) {
            if (listing.pages() > 0) {
                unfinished.keep(known.repository(), listing);
                putOff.add(listName() + ": the next run goes on after " + listing.pages() + " pages");
            }
            return false;
        }

        /** One that was begun in another run may have a place that the upstream has forgotten: it begins anew. */
        private boolean ended(FailureKind kind, TagListing listing, boolean begun, Instant now) {
            if (!kind.imagesOwn() && kind != FailureKind.UNKNOWN && kind != FailureKind.CREDENTIALS) {
                return later(listing);
            }
            unfinished.forget(known.repository());
            if (!begun || kind == FailureKind.BAD_ANSWER || kind == FailureKind.TOO_LARGE) {
                // it is asked for again in hours or days, like one that was read
                listedAt = Optional.of(now);
                mendedBy = MENDED_BY_PEOPLE.contains(kind) ? Optional.of(Interest.afterRefusal(now)) : Optional.empty();
            }
            return false;
        }

        /** How many tags were looked at. */
        int look(List<Tagged> images) {
            int count = 0;
            Instant end = clock.instant().plus(TURN);
            for (Tagged image : images) {
                if (!clock.instant().isBefore(end)) {
                    putOff.add(
                            known.repository() + ": the upstream answers slowly; the next run goes on with its tags");
                    return count;
                }
                if (isForOthers(image.toString())) {
                    continue;
                }
                if (!mayAsk(tariff.head(), image.tag().value())) {
                    return count;
                }
                Looked<Digest> looked = registries.digest(upstream, image);
                Instant now = clock.instant();
                told(looked, now);
                settle(looked, tariff.head(), now);
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
                        refused(image.toString(), refusal.failure(), now);
                        if (silent) {
                            return count;
                        }
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
                sightings.keep(
                        upstream.prefix(), new Sightings(seen.news(), seen.looked(), listedAt, refusal, mendedBy));
            }
        }

        private String listName() {
            return known.repository() + ", the list of tags";
        }

        /** Where the upstream is to be tried again, what failed with it lets others go first. */
        private boolean isForOthers(String name) {
            boolean waits = new UpstreamHealth(states).isForOthers(upstream.prefix(), name, clock.instant());
            if (waits) {
                putOff.add(name + ": it failed when the upstream did, and others are tried first");
            }
            return waits;
        }

        private boolean mayAsk(int cost, String what) {
            Instant now = clock.instant();
            String name = known.repository() + ", " + what + ": ";
            Circuit.Phase phase = states.of(upstream.prefix()).circuit().phase(now);
            if (phase == Circuit.Phase.OPEN) {
                putOff.add(name + "the upstream failed lately");
                return false;
            }
            if (!funds.payForWhatCanWait(upstream, cost, now)) {
                putOff.add(name + "the budget is " + funds.shortage(upstream, now));
                return false;
            }
            // there may be no order to be the probe: one look after the other is as careful
            probing = phase == Circuit.Phase.HALF_OPEN;
            asked = now;
            return true;
        }

        /** A new authorization takes another request, and so does what answers no HEAD. */
        private void settle(Looked<?> looked, int each, Instant now) {
            funds.settle(upstream, 0, Math.max(0, looked.requests() - 1) * each, now);
        }

        private void told(Looked<?> looked, Instant now) {
            looked.limit().ifPresent(limit -> states.reported(upstream.prefix(), limit, now));
            if (probing && !(looked instanceof Looked.Refused<?>)) {
                new UpstreamHealth(states).succeeded(upstream.prefix(), asked);
            }
        }

        private void refused(String what, Failure failure, Instant now) {
            putOff.add(what + ": " + failure);
            silent = failure.kind() == FailureKind.NETWORK;
            // ECR has a login of its own, and what our own may not see need not fail there
            if (failure.kind() != FailureKind.CREDENTIALS) {
                new UpstreamHealth(states).failed(upstream.prefix(), what, failure, now);
            }
        }
    }
}
