package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of the decision that looks at one manifest alone. What its family and its relatives say comes in {@link
 * RepositoryPlan}.
 */
final class Signals {
    private final RepositoryState state;
    private final Policy policy;
    private final boolean covered;
    private final Names names;
    private final Uses uses;
    private final Optional<InUse> unreadable;
    private final Instant now;

    Signals(RepositoryState state, Policy policy, EvictionRule rule, Instant now) {
        this.state = state;
        this.policy = policy;
        this.covered = policy.covers(state.repository());
        this.names = new Names(state.repository(), policy, rule);
        this.uses = new Uses(state.repository(), state.inUse());
        this.unreadable = state.inUse().stream()
                .filter(source -> source.unreadable().isPresent())
                .findFirst();
        this.now = now;
    }

    /** What keeps the manifest from going on the ground; absent when nothing does. */
    Optional<Verdict.Keep> keep(Manifest manifest, Ground ground) {
        if (!covered) {
            return keep(Guard.NOT_CACHED, "not under any of the prefixes " + policy.prefixes());
        }
        return names.keep(manifest)
                .or(() -> unknown(manifest))
                .or(() -> uses.keep(manifest))
                .or(() -> used(manifest, state.use(manifest.digest()), ground))
                .or(this::unread);
    }

    /** All that keeps the manifest, in the order of {@link #keep}, which stops at the first. */
    List<Verdict.Keep> all(Manifest manifest, Ground ground) {
        Use use = state.use(manifest.digest());
        Instant limit = now.minus(ground.time());
        return Stream.of(
                        keep(manifest, ground).filter(keep -> keep.guard() == Guard.NOT_CACHED),
                        names.keep(manifest),
                        unknown(manifest),
                        uses.keep(manifest),
                        state.completeSince().isEmpty() ? used(manifest, use, ground) : Optional.<Verdict.Keep>empty(),
                        within(limit, ground, use.pulledAt(), Guard.PULLED, "pulled at "),
                        within(limit, ground, manifest.recordedPullAt(), Guard.PULLED, "pulled, says ECR, at "),
                        within(limit, ground, manifest.pushedAt(), Guard.PUSHED, "pushed at "),
                        within(limit, ground, use.importedAt(), Guard.PUSHED, "imported at "),
                        within(limit, ground, use.warmedAt(), Guard.WARMED, "warmed at "),
                        within(
                                limit,
                                ground,
                                supersededAt(manifest),
                                Guard.SUPERSEDED_LATELY,
                                "the last tag moved away at "),
                        within(
                                limit,
                                ground,
                                state.completeSince(),
                                Guard.RECORD_TOO_YOUNG,
                                "pulls are recorded only since "),
                        unread())
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Verdict.Keep> unknown(Manifest manifest) {
        if (manifest.archived()) {
            return keep(Guard.UNKNOWN, "it is in ECR's archive, or on the way there or back");
        }
        if (manifest.sizeBytes().isEmpty()) {
            return keep(Guard.UNKNOWN, "its size is not known");
        }
        if (manifest.pushedAt().isEmpty()) {
            return keep(Guard.UNKNOWN, "when it was pushed is not known");
        }
        if (!manifest.isKnownKind()) {
            return keep(
                    Guard.UNKNOWN, "its media type is " + manifest.mediaType().orElse("not known"));
        }
        if (manifest.children().isEmpty()) {
            return keep(Guard.UNKNOWN, "what it lists could not be read");
        }
        return Optional.empty();
    }

    private Optional<Verdict.Keep> used(Manifest manifest, Use use, Ground ground) {
        if (state.completeSince().isEmpty()) {
            return keep(
                    Guard.RECORD_TOO_YOUNG,
                    "nobody can say since when every pull is recorded: "
                            + state.doubt()
                                    .orElse(
                                            "none was yet, some wait among the dead letters, or nobody checked lately"));
        }
        Instant limit = now.minus(ground.time());
        return within(limit, ground, use.pulledAt(), Guard.PULLED, "pulled at ")
                .or(() -> within(limit, ground, manifest.recordedPullAt(), Guard.PULLED, "pulled, says ECR, at "))
                .or(() -> within(limit, ground, manifest.pushedAt(), Guard.PUSHED, "pushed at "))
                .or(() -> within(limit, ground, use.importedAt(), Guard.PUSHED, "imported at "))
                .or(() -> within(limit, ground, use.warmedAt(), Guard.WARMED, "warmed at "))
                .or(() -> within(
                        limit, ground, supersededAt(manifest), Guard.SUPERSEDED_LATELY, "the last tag moved away at "))
                .or(() -> within(
                        limit,
                        ground,
                        state.completeSince(),
                        Guard.RECORD_TOO_YOUNG,
                        "pulls are recorded only since "));
    }

    private Optional<Instant> supersededAt(Manifest manifest) {
        return Grounds.hasOwnTag(manifest)
                ? Optional.empty()
                : Optional.ofNullable(state.supersededAt().get(manifest.digest()));
    }

    /** A time in the future is within every time, too: clocks disagree, and then nobody knows how long ago it was. */
    private static Optional<Verdict.Keep> within(
            Instant limit, Ground ground, Optional<Instant> time, Guard guard, String what) {
        if (time.isEmpty() || !time.get().isAfter(limit)) {
            return Optional.empty();
        }
        Instant at = time.get();
        return Optional.of(new Verdict.Keep(
                guard,
                what + at + ", less than " + ground.readableTime() + " ago",
                Optional.of(at.plus(ground.time()))));
    }

    private Optional<Verdict.Keep> unread() {
        return unreadable.flatMap(source -> keep(
                Guard.IN_USE_UNREADABLE,
                source.source() + " could not be read: " + source.unreadable().orElse("no reason given")));
    }

    private static Optional<Verdict.Keep> keep(Guard guard, String detail) {
        return Optional.of(new Verdict.Keep(guard, detail, Optional.empty()));
    }
}
