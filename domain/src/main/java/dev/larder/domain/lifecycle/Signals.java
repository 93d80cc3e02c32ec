package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.domain.image.KeepTag;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the decision that looks at one manifest alone. What its relatives say comes in {@link RepositoryPlan}. */
public final class Signals {
    private final Policy policy;
    private final Optional<Instant> completeSince;
    private final Instant now;

    /**
     * @param completeSince since when every pull is in the usage record; absent when nobody can say
     * @param now the time of the decision
     */
    public Signals(Policy policy, Optional<Instant> completeSince, Instant now) {
        this.policy = policy;
        this.completeSince = completeSince;
        this.now = now;
    }

    /** Keeps the manifest when any signal speaks for it or is missing, and lists every signal when none does. */
    public Verdict decide(Manifest manifest, Use use) {
        if (!policy.covers(manifest.repository())) {
            return new Verdict.Keep(Guard.NOT_CACHED, "not under any of the prefixes " + policy.prefixes());
        }
        return named(manifest)
                .or(() -> unknown(manifest))
                .or(() -> used(manifest, use))
                .orElseGet(() -> new Verdict.Evict(evidence(manifest, use)));
    }

    private Optional<Verdict> named(Manifest manifest) {
        Digested byDigest = new Digested(manifest.repository(), manifest.digest());
        if (policy.pins().contains(byDigest.toString())) {
            return keep(Guard.PINNED, byDigest + " is pinned");
        }
        for (Tag tag : KeepTag.without(manifest.tags())) {
            Tagged image = new Tagged(manifest.repository(), tag);
            if (policy.pins().contains(image.toString())) {
                return keep(Guard.PINNED, image + " is pinned");
            }
            for (Glob glob : policy.protect()) {
                if (glob.matches(image)) {
                    return keep(Guard.PROTECTED, image + " matches " + glob);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Verdict> unknown(Manifest manifest) {
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

    private Optional<Verdict> used(Manifest manifest, Use use) {
        if (completeSince.isEmpty()) {
            return keep(
                    Guard.RECORD_TOO_YOUNG,
                    "the usage record is not complete: no pull was recorded yet, or some wait among the dead letters");
        }
        return within(completeSince, Guard.RECORD_TOO_YOUNG, "pulls are recorded only since ")
                .or(() -> within(use.pulledAt(), Guard.PULLED, "pulled at "))
                .or(() -> within(manifest.recordedPullAt(), Guard.PULLED, "pulled, says ECR, at "))
                .or(() -> within(manifest.pushedAt(), Guard.PUSHED, "pushed at "))
                .or(() -> within(use.importedAt(), Guard.PUSHED, "imported at "))
                .or(() -> within(use.warmedAt(), Guard.WARMED, "warmed at "));
    }

    private Optional<Verdict> within(Optional<Instant> time, Guard guard, String what) {
        return time.filter(at -> at.isAfter(now.minus(policy.notPulledFor())))
                .flatMap(at -> keep(guard, what + at + ", less than " + readable(policy.notPulledFor()) + " ago"));
    }

    /** {@code 30 d}, or what Java writes when it is not whole days. */
    private static String readable(Duration time) {
        return time.equals(Duration.ofDays(time.toDays())) ? time.toDays() + " d" : time.toString();
    }

    private List<String> evidence(Manifest manifest, Use use) {
        List<String> evidence = new ArrayList<>();
        evidence.add("every pull is recorded since "
                + completeSince.map(Instant::toString).orElse("never"));
        evidence.add("last pull in the record: " + text(use.pulledAt()));
        evidence.add("last pull that ECR recorded: " + text(manifest.recordedPullAt()));
        evidence.add("pushed: " + text(manifest.pushedAt()));
        evidence.add("warmed: " + text(use.warmedAt()));
        evidence.add("not pinned, not protected");
        return evidence;
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("never");
    }

    private static Optional<Verdict> keep(Guard guard, String detail) {
        return Optional.of(new Verdict.Keep(guard, detail));
    }
}
