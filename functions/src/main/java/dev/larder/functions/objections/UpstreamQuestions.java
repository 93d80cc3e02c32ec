package dev.larder.functions.objections;

import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.image.VersionTag;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamPurse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Asks an upstream for one image: by a tag, and when that tells nothing of it, by digest. */
public final class UpstreamQuestions {
    private final UpstreamRegistries registries;
    private final UpstreamGate gate;
    private final UpstreamHealth health;
    private final UpstreamPurse purse;
    private final InstantSource clock;

    /** Takes the ports. */
    public UpstreamQuestions(
            UpstreamRegistries registries,
            UpstreamGate gate,
            UpstreamHealth health,
            UpstreamPurse purse,
            InstantSource clock) {
        this.registries = registries;
        this.gate = gate;
        this.health = health;
        this.purse = purse;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Reply {
        /**
         * It can be had.
         *
         * @param byDigest whether only by its digest, by which ECR imports nothing
         */
        record Held(boolean byDigest) implements Reply {}

        /** It cannot. */
        record Gone() implements Reply {}

        /**
         * Nobody knows.
         *
         * @param ofAll whether there is no point in asking this upstream for another image now
         */
        record Unknown(String why, boolean ofAll) implements Reply {}
    }

    Reply ask(Upstream upstream, Manifest manifest) {
        Instant now = clock.instant();
        try (UpstreamGate.Passage passage =
                gate.enter(upstream.prefix(), manifest.name(), "look for " + manifest.name())) {
            if (passage.shutUntil().isPresent()) {
                return new Reply.Unknown(
                        upstream.prefix() + "'s upstream failed lately; it is asked again after "
                                + passage.shutUntil().get(),
                        true);
            }
            Optional<Tag> tag = tag(manifest);
            if (tag.isPresent()) {
                Reply reply = byTag(upstream, manifest, new Tagged(manifest.repository(), tag.get()), now);
                if (!(reply instanceof Reply.Gone)) {
                    return reply;
                }
            }
            return byDigest(upstream, manifest, now);
        }
    }

    /** The tag that is asked for; absent where there is none. */
    static Optional<Tag> tag(Manifest manifest) {
        return KeepTag.without(manifest.tags()).stream().min(VersionTag.NEWEST_FIRST);
    }

    /** A tag that is not there, or points elsewhere: it is gone as far as the tag can tell. */
    private Reply byTag(Upstream upstream, Manifest manifest, Tagged image, Instant now) {
        if (!purse.payQuestion(upstream, now)) {
            return broke(upstream);
        }
        Looked<Digest> looked = registries.digest(upstream, image);
        Reply reply = reply(upstream, manifest, looked, now, false);
        return looked instanceof Looked.Found<Digest>(Digest value, var requests, var limit)
                        && !value.equals(manifest.digest())
                ? new Reply.Gone()
                : reply;
    }

    private Reply byDigest(Upstream upstream, Manifest manifest, Instant now) {
        Digested image = new Digested(manifest.repository(), manifest.digest());
        return purse.payQuestion(upstream, now)
                ? reply(upstream, manifest, registries.digest(upstream, image), now, true)
                : broke(upstream);
    }

    private static Reply broke(Upstream upstream) {
        return new Reply.Unknown(
                "the budget of " + upstream.prefix() + " does not pay for asking whether its upstream still has it",
                true);
    }

    private Reply reply(Upstream upstream, Manifest manifest, Looked<Digest> looked, Instant asked, boolean byDigest) {
        Instant now = clock.instant();
        looked.limit().ifPresent(limit -> purse.reported(upstream, limit, now));
        return switch (looked) {
            case Looked.Found<Digest> found -> {
                health.succeeded(upstream.prefix(), asked);
                yield new Reply.Held(byDigest);
            }
            case Looked.Unchanged<Digest> unchanged ->
                new Reply.Unknown(upstream.prefix() + "'s upstream did not say whether it has it", false);
            case Looked.Refused<Digest> refused -> refused(upstream, manifest, refused.failure(), asked, now);
        };
    }

    private Reply refused(Upstream upstream, Manifest manifest, Failure failure, Instant asked, Instant now) {
        if (failure.kind() == FailureKind.NOT_FOUND) {
            health.succeeded(upstream.prefix(), asked);
            return new Reply.Gone();
        }
        // ECR has a login of its own
        if (failure.kind() != FailureKind.CREDENTIALS) {
            health.failed(upstream.prefix(), manifest.name(), failure, now);
        }
        return new Reply.Unknown(failure.reason(), false);
    }
}
