package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.lifecycle.Objections.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks ECR for one candidate after the other. When it does not answer for one, the rest are not asked for, and stay. */
final class EachCandidate {
    private EachCandidate() {}

    /**
     * What is said of one candidate.
     *
     * @param against what speaks against its eviction
     * @param seen what was seen otherwise
     */
    record Said(Optional<Objection> against, String seen) {}

    /**
     * @param unreadable the guard of those for which there is no answer
     * @param what was to be read, as in "... could not be read"
     * @param action that reading it takes
     */
    static Asked ask(
            List<Manifest> candidates, Guard unreadable, String what, String action, Function<Manifest, Said> ask) {
        Map<Digest, Objection> objections = new HashMap<>();
        Map<Digest, List<String>> seen = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            Digest digest = candidates.get(i).digest();
            try {
                Said said = ask.apply(candidates.get(i));
                said.against()
                        .ifPresentOrElse(
                                objection -> objections.put(digest, objection),
                                () -> seen.put(digest, List.of(said.seen())));
            } catch (SdkException e) {
                if (!EcrErrors.isGone(e)) {
                    String why = what + " could not be read: " + EcrErrors.text(e, action);
                    return new Asked(objections, seen)
                            .and(all(candidates.subList(i, candidates.size()), new Objection(unreadable, why)));
                }
            }
        }
        return new Asked(objections, seen);
    }

    /** The same against each. */
    static Asked all(List<Manifest> candidates, Objection objection) {
        Map<Digest, Objection> objections = new HashMap<>();
        candidates.forEach(candidate -> objections.put(candidate.digest(), objection));
        return new Asked(objections, Map.of());
    }
}
