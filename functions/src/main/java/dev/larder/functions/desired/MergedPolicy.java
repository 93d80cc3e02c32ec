package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.Merged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A policy's text beside the one that is wanted.
 *
 * @param found what was there
 * @param text to put; empty when the policy is to be removed
 */
record MergedPolicy(Optional<String> found, String text, List<Drift> all) {
    /** A drift that can be repaired by putting the text, as long as what was found is still there. */
    record Repairable(Drift drift, Optional<String> found, String text) {}

    /**
     * Merges two texts.
     *
     * @param longest characters that ECR takes
     */
    static MergedPolicy of(
            Optional<String> found,
            Optional<String> wanted,
            BiFunction<Map<String, Object>, Map<String, Object>, Merged> merge,
            int longest) {
        Optional<Map<String, Object>> there = found.map(PolicyText::read).orElse(Optional.of(Map.of()));
        // a template's text that is no policy: ECR takes none, so nothing is wanted of it
        Map<String, Object> should = wanted.flatMap(PolicyText::read).orElse(Map.of());
        if (there.isEmpty()) {
            Merged onlyWanted = merge.apply(Map.of(), should);
            return new MergedPolicy(
                    found,
                    "",
                    onlyWanted.drifts().stream()
                            .map(drift -> conflict(drift, "a text that is no JSON object", "correct or remove it"))
                            .toList());
        }
        Merged merged = merge.apply(there.get(), should);
        String text = merged.document().isEmpty() ? "" : PolicyText.write(merged.document());
        boolean tooLong = text.length() > longest;
        return new MergedPolicy(
                found,
                text,
                merged.drifts().stream()
                        .map(drift -> drift instanceof Drift.Open && tooLong
                                ? conflict(drift, drift.found(), text.length() + " characters, ECR takes " + longest)
                                : drift)
                        .toList());
    }

    private static Drift conflict(Drift drift, String found, String reason) {
        return new Drift.Conflict(drift.field(), found, drift.wanted(), reason);
    }

    /** All drifts, those that can be repaired as they are after it. */
    List<Drift> drifts(Function<Repairable, Drift> repair) {
        return all.stream()
                .map(drift -> drift instanceof Drift.Open ? repair.apply(new Repairable(drift, found, text)) : drift)
                .toList();
    }
}
