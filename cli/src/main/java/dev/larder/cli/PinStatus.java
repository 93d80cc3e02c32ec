package dev.larder.cli;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.PinFailure;
import dev.larder.functions.planning.PlanningPorts;
import dev.larder.functions.planning.WantedImages;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.warm.Upstreams;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the images that the file pins are not warm, and why, as far as the record says. */
record PinStatus(Upstreams upstreams, PlanningPorts ports, Instant now) {
    private static final int ROWS = 20;

    private record NotWarm(String image, Optional<Instant> triedAt, String reason) {}

    /** A table of them, or that there are none; nothing when the file pins nothing. */
    void print(PrintWriter out) {
        WantedImages.Found found = ports.wanted().at(Map.of(), Set.of(), now);
        List<ImageReference> pins = Stream.<ImageReference>concat(
                        found.wants().stream()
                                .filter(want -> want.reason() == WarmReason.PINNED)
                                .map(WantedImages.Want::image),
                        ports.wanted().digests().stream().map(WantedImages.DigestPin::image))
                .distinct()
                .toList();
        List<NotWarm> unread = unread(found.unmatched());
        int all = pins.size() + unread.size();
        if (all == 0) {
            return;
        }
        List<NotWarm> cold = Stream.concat(pins.stream().flatMap(pin -> cold(pin).stream()), unread.stream())
                .toList();
        if (cold.isEmpty()) {
            out.println("pinned images: all " + all + " are warm\n");
            return;
        }
        out.println("pinned images: " + cold.size() + " of " + all + " are NOT WARM");
        TextTable table = new TextTable("IMAGE", "LAST FAILURE", "REASON");
        cold.stream().limit(ROWS).forEach(pin -> table.row(pin.image(), Ages.of(pin.triedAt(), now), pin.reason()));
        out.print(table);
        if (cold.size() > ROWS) {
            out.println("and " + (cold.size() - ROWS) + " more");
        }
        out.println();
    }

    /** Patterns of which nobody knows what they match, since the upstream refuses the list of tags. */
    private List<NotWarm> unread(Map<String, RepositoryName> unmatched) {
        return unmatched.entrySet().stream()
                .flatMap(pattern -> refusal(pattern.getValue()).stream()
                        .map(why -> new NotWarm(
                                pattern.getKey(), Optional.empty(), "the list of its tags was not read: " + why)))
                .sorted(Comparator.comparing(NotWarm::image))
                .toList();
    }

    private Optional<String> refusal(RepositoryName repository) {
        return upstreams
                .of(repository)
                .map(upstream -> ports.sightings().of(upstream.prefix()).get(repository))
                .flatMap(Sightings::refusal);
    }

    private Optional<NotWarm> cold(ImageReference pin) {
        Optional<Upstream> upstream =
                upstreams.of(pin.repository()).filter(allowing -> Upstreams.allows(allowing, pin.repository()));
        if (upstream.isEmpty()) {
            return Optional.of(new NotWarm(pin.toString(), Optional.empty(), "it is under no upstream that allows it"));
        }
        Optional<PinFailure> failure = PinFailure.of(ports.records(), pin);
        if (failure.isPresent()) {
            return failure.map(failed -> new NotWarm(pin.toString(), Optional.of(failed.at()), reason(pin, failed)));
        }
        return isCached(pin)
                ? Optional.empty()
                : Optional.of(new NotWarm(pin.toString(), Optional.empty(), untried(upstream.get())));
    }

    private String reason(ImageReference pin, PinFailure failure) {
        return failure.reason()
                + (failure.times() > 1 ? "; failed " + failure.times() + " times in a row" : "")
                + (isCached(pin) ? "; what is in the cache stays" : "");
    }

    private String untried(Upstream upstream) {
        UpstreamState state = ports.states().of(upstream.prefix());
        return state.circuit().phase(now) == Circuit.Phase.CLOSED
                ? "not warmed yet"
                : "not warmed yet: " + upstream.prefix() + " failed"
                        + state.lastFailureCode().map(code -> " with " + code).orElse("");
    }

    private boolean isCached(ImageReference image) {
        return switch (image) {
            case Tagged tagged ->
                ports.records().tagged(tagged).flatMap(TaggedImage::digest).isPresent();
            case Digested digested ->
                ports.records()
                        .manifest(digested.repository(), digested.digest())
                        .flatMap(StoredManifest::mediaType)
                        .isPresent();
        };
    }
}
