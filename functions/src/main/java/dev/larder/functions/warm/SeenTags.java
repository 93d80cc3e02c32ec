package dev.larder.functions.warm;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;

/** What the lookout saw at upstreams a moment ago, so that the worker need not ask the same again. */
final class SeenTags {
    private final WarmPorts ports;

    SeenTags(WarmPorts ports) {
        this.ports = ports;
    }

    /** What the tag pointed at; absent when nobody looked lately. A probe has to find out for itself. */
    Optional<Digest> lately(Job job, Tagged image) {
        if (job.probe()) {
            return Optional.empty();
        }
        Instant since = ports.clock().instant().minus(Sightings.RECENT);
        return Optional.ofNullable(ports.tags().of(image.repository()).tags().get(image.tag()))
                .filter(seen ->
                        seen.digestAt().filter(at -> !at.isBefore(since)).isPresent())
                .flatMap(KnownTags.Seen::digest);
    }
}
