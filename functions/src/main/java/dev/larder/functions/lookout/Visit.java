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
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UnfinishedLists;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.upstream.UpstreamTags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is looked at in one repository: kept at once, when all of it was looked at. */
final class Visit {
    /** For one list, and for the tags of one repository, in a run: the others have their turn, and it goes on in the next. */
    private static final Duration TURN = Duration.ofSeconds(30);

    /** Such a list is asked for again in hours, and not when it would be read again. */
    private static final Set<FailureKind> MENDED_BY_PEOPLE =
            EnumSet.of(FailureKind.CREDENTIALS, FailureKind.DENIED, FailureKind.UNKNOWN);

    /** What it asks and writes to. */
    record Ports(
            UpstreamRegistries registries,
            UpstreamStates states,
            UpstreamFunds funds,
            UpstreamTags tags,
            UnfinishedLists unfinished,
            SightingStore sightings,
            InstantSource clock) {}

    private final Ports ports;
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
    Visit(Ports ports, Upstream upstream, RepositoryName repository, Optional<Sightings> seen, List<String> putOff) {
        this.ports = ports;
        this.upstream = upstream;
        this.tariff = Tariffs.of(upstream);
        this.listedAt = seen.flatMap(Sightings::listedAt);
        this.refusal = seen.flatMap(Sightings::refusal);
        this.mendedBy = seen.flatMap(Sightings::mendedBy);
        this.putOff = putOff;
        this.known = ports.tags().of(repository);
    }

    /** Whether the list was read to its end. Each page is paid before. */
    boolean list() {
        Optional<TagListing> begun = ports.unfinished().of(known.repository());
        TagListing listing = begun.orElseGet(() -> TagListing.of(known.version()));
        Instant end = ports.clock().instant().plus(TURN);
        do {
            if (isForOthers(listName()) || !mayAsk(tariff.list(), "the list of tags")) {
                return later(listing);
            }
            Looked<TagListing> looked = ports.registries().tags(upstream, known.repository(), listing);
            Instant now = ports.clock().instant();
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
        } while (!listing.isComplete() && ports.clock().instant().isBefore(end));
        return listing.isComplete() ? read(listing) : later(listing);
    }

    private boolean read(TagListing listing) {
        Instant now = ports.clock().instant();
        known = known.listed(listing.tags(), listing.version(), now);
        ports.unfinished().forget(known.repository());
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
            ports.unfinished().keep(known.repository(), listing);
            putOff.add(listName() + ": the next run goes on after " + listing.pages() + " pages");
        }
        return false;
    }

    /** One that was begun in another run may have a place that the upstream has forgotten: it begins anew. */
    private boolean ended(FailureKind kind, TagListing listing, boolean begun, Instant now) {
        if (!kind.imagesOwn() && kind != FailureKind.UNKNOWN && kind != FailureKind.CREDENTIALS) {
            return later(listing);
        }
        ports.unfinished().forget(known.repository());
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
        Instant end = ports.clock().instant().plus(TURN);
        for (Tagged image : images) {
            if (!ports.clock().instant().isBefore(end)) {
                putOff.add(known.repository() + ": the upstream answers slowly; the next run goes on with its tags");
                return count;
            }
            if (isForOthers(image.toString())) {
                continue;
            }
            if (!mayAsk(tariff.head(), image.tag().value())) {
                return count;
            }
            Looked<Digest> looked = ports.registries().digest(upstream, image);
            Instant now = ports.clock().instant();
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

    /** Whether the upstream did not answer. */
    boolean isSilent() {
        return silent;
    }

    void keep() {
        if (changed) {
            ports.tags().keep(known);
        }
        if (changed || refused) {
            Sightings seen = Sightings.of(known, ports.clock().instant());
            ports.sightings()
                    .keep(upstream.prefix(), new Sightings(seen.news(), seen.looked(), listedAt, refusal, mendedBy));
        }
    }

    private String listName() {
        return known.repository() + ", the list of tags";
    }

    /** Where the upstream is to be tried again, what failed with it lets others go first. */
    private boolean isForOthers(String name) {
        boolean waits = new UpstreamHealth(ports.states())
                .isForOthers(upstream.prefix(), name, ports.clock().instant());
        if (waits) {
            putOff.add(name + ": it failed when the upstream did, and others are tried first");
        }
        return waits;
    }

    private boolean mayAsk(int cost, String what) {
        Instant now = ports.clock().instant();
        String name = known.repository() + ", " + what + ": ";
        Circuit.Phase phase = ports.states().of(upstream.prefix()).circuit().phase(now);
        if (phase == Circuit.Phase.OPEN) {
            putOff.add(name + "the upstream failed lately");
            return false;
        }
        if (!ports.funds().payForWhatCanWait(upstream, cost, now)) {
            putOff.add(name + "the budget is " + ports.funds().shortage(upstream, now));
            return false;
        }
        // there may be no order to be the probe: one look after the other is as careful
        probing = phase == Circuit.Phase.HALF_OPEN;
        asked = now;
        return true;
    }

    /** A new authorization takes another request, and so does what answers no HEAD. */
    private void settle(Looked<?> looked, int each, Instant now) {
        ports.funds().settle(upstream, 0, Math.max(0, looked.requests() - 1) * each, now);
    }

    private void told(Looked<?> looked, Instant now) {
        looked.limit().ifPresent(limit -> ports.states().reported(upstream.prefix(), limit, now));
        if (probing && !(looked instanceof Looked.Refused<?>)) {
            new UpstreamHealth(ports.states()).succeeded(upstream.prefix(), asked);
        }
    }

    private void refused(String what, Failure failure, Instant now) {
        putOff.add(what + ": " + failure);
        silent = failure.kind() == FailureKind.NETWORK;
        // ECR has a login of its own, and what our own may not see need not fail there
        if (failure.kind() != FailureKind.CREDENTIALS) {
            new UpstreamHealth(ports.states()).failed(upstream.prefix(), what, failure, now);
        }
    }
}
