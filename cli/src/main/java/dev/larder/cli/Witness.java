package dev.larder.cli;

import dev.larder.functions.usage.RecordState;
import java.time.Instant;
import java.util.Optional;

/**
 * What a statement about an image's pulls rests on.
 *
 * @param kind {@code record}, {@code incomplete record} or {@code ecr}
 * @param text for people
 */
record Witness(String kind, String text) {
    private static final String ECR_ONLY = "a day exact, refreshed by any scanner, no counts";

    /**
     * Names the witness.
     *
     * @param trail what was last seen of the account's trail
     * @param completeSince of the image's upstream
     * @param waiting messages with pulls among the dead letters
     * @param unheard which witness of the record was not heard lately, and why
     */
    static Witness of(
            Optional<RecordState.Trail> trail,
            Optional<Instant> completeSince,
            long waiting,
            Optional<String> unheard,
            Instant now) {
        Optional<RecordState.Trail> missing = trail.filter(RecordState.Trail::isMissing);
        if (missing.isPresent()) {
            return new Witness(
                    "ecr",
                    "ECR only: the account has no trail that logs pulls ("
                            + missing.get().detail() + "); " + ECR_ONLY);
        }
        if (waiting > 0) {
            return new Witness(
                    "incomplete record",
                    "record, incomplete: " + waiting
                            + " messages with pulls wait among the dead letters; redrive the queue");
        }
        if (completeSince.isPresent() && unheard.isPresent()) {
            return new Witness("incomplete record", "record, incomplete for all that is known: " + unheard.get());
        }
        String seen = trail.map(RecordState.Trail::detail).orElse("the trail was not looked at yet");
        return completeSince
                .map(since -> new Witness(
                        "record", "record, complete since " + Ages.of(Optional.of(since), now) + " (" + seen + ")"))
                .orElseGet(() -> new Witness(
                        "ecr",
                        "ECR only: nothing says since when pulls of this upstream are recorded (" + seen + "); "
                                + ECR_ONLY));
    }
}
