package dev.larder.functions.usage;

import dev.larder.domain.usage.Pull;
import dev.larder.domain.usage.PullDecision;
import dev.larder.domain.usage.PullDecision.Counts;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.domain.usage.PullDecision.PartOfAPull;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the messages of one batch ask to record, by image, and which message asked for which image. */
final class PullBatch {
    private final Map<ImageReference, List<Pull>> pulls = new LinkedHashMap<>();
    private final Map<Digested, Instant> partsOfPulls = new LinkedHashMap<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();
    private final Map<ImageReference, Set<String>> messages = new LinkedHashMap<>();

    void add(String message, PullDecision decision) {
        switch (decision) {
            case Counts(Pull pull) -> {
                pulls.computeIfAbsent(pull.image(), image -> new ArrayList<>()).add(pull);
                asked(message, pull.image());
            }
            case PartOfAPull(Digested image, Instant time) -> {
                partsOfPulls.merge(image, time, (one, other) -> one.isAfter(other) ? one : other);
                asked(message, image);
            }
            case NoPull(String reason) -> passOver(reason);
        }
    }

    /** Counts a message, or an image of one, that records nothing. */
    void passOver(String reason) {
        passedOver.merge(reason, 1, Integer::sum);
    }

    /** How often nothing was recorded, by reason. */
    Map<String, Integer> passedOver() {
        return passedOver;
    }

    private void asked(String message, ImageReference image) {
        messages.computeIfAbsent(image, each -> new LinkedHashSet<>()).add(message);
    }

    Map<ImageReference, List<Pull>> pulls() {
        return pulls;
    }

    /** Digests that were fetched as part of a tag's pull, each with the last time. */
    Map<Digested, Instant> partsOfPulls() {
        return partsOfPulls;
    }

    Set<String> messagesOf(ImageReference image) {
        return messages.getOrDefault(image, Set.of());
    }
}
