package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
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
     * @param unreadable the guard of those for which there is no answer
     * @param what was to be read, as in "... could not be read"
     * @param action that reading it takes
     */
    static Map<Digest, Objection> ask(
            List<Manifest> candidates,
            Guard unreadable,
            String what,
            String action,
            Function<Manifest, Optional<Objection>> ask) {
        Map<Digest, Objection> objections = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            Digest digest = candidates.get(i).digest();
            try {
                ask.apply(candidates.get(i)).ifPresent(objection -> objections.put(digest, objection));
            } catch (SdkException e) {
                if (!EcrErrors.isGone(e)) {
                    String why = what + " could not be read: " + EcrErrors.text(e, action);
                    objections.putAll(all(candidates.subList(i, candidates.size()), new Objection(unreadable, why)));
                    return objections;
                }
            }
        }
        return objections;
    }

    /** The same against each. */
    static Map<Digest, Objection> all(List<Manifest> candidates, Objection objection) {
        Map<Digest, Objection> objections = new HashMap<>();
        candidates.forEach(candidate -> objections.put(candidate.digest(), objection));
        return objections;
    }
}
