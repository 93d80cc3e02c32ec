package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says why it is safe that a manifest goes: a line for each signal. */
final class Evidence {
    private final RepositoryState state;
    private final String record;
    private final String inUse;
    private final String names;
    private final Families families;

    Evidence(RepositoryState state, Policy policy, EvictionRule rule, Families families) {
        this.state = state;
        this.record = "every pull is recorded since " + text(state.completeSince());
        this.inUse = new Uses(state.repository(), state.inUse()).evidence();
        this.names = new Names(state.repository(), policy, rule).evidence();
        this.families = families;
    }

    List<String> of(int place, Manifest manifest, Ground ground) {
        Use use = state.use(manifest.digest());
        String moved = Optional.ofNullable(state.supersededAt().get(manifest.digest()))
                .map(at -> ", its last tag moved away at " + at)
                .orElse("");
        return List.of(
                "rule " + ground.rule() + ": " + ground.reason().text() + " for " + ground.readableTime() + moved,
                record,
                "last pull in the record: " + text(use.pulledAt()),
                "last pull that ECR recorded: " + text(manifest.recordedPullAt()),
                "pushed: " + text(manifest.pushedAt()),
                "imported: " + text(use.importedAt()),
                "warmed: " + text(use.warmedAt()),
                inUse,
                names,
                families.evidence(place),
                relatives(manifest));
    }

    private static String relatives(Manifest manifest) {
        Set<Digest> subjects = manifest.subjects();
        return subjects.isEmpty()
                ? "relatives: no index that stays lists it, nothing that stays is about it"
                : "relatives: no index that stays lists it, and "
                        + subjects.stream().map(Digest::value).collect(Collectors.joining(", "))
                        + (subjects.size() == 1 ? " does" : " do") + " not stay";
    }

    private static String text(Optional<Instant> time) {
        return time.isPresent() ? time.get().toString() : "never";
    }
}
