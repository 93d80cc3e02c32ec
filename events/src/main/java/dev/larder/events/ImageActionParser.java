package dev.larder.events;

import dev.larder.events.EcrImageAction.ActionType;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Arrays;
import java.util.Optional;

/** Reads {@code ECR Image Action} and {@code ECR Referrer Action}, whose schemas have the same fields. */
final class ImageActionParser {
    private ImageActionParser() {}

    static Event image(Envelope envelope, JsonObject detail) throws MalformedEventException {
        String word = detail.text("action-type");
        Optional<ActionType> action = action(word);
        if (action.isEmpty()) {
            return unknown(envelope, word);
        }
        return new EcrImageAction(
                envelope,
                action.get(),
                detail.text("result"),
                detail.value("repository-name", "a repository name", RepositoryName::new),
                detail.optional("image-digest", Digest::new),
                detail.optional("image-tag", Tag::new),
                detail.optionalText("manifest-media-type"),
                detail.optionalText("artifact-media-type"),
                detail.optionalText("target-storage-class"),
                detail.optionalInstant("last-activated-at"));
    }

    static Event referrer(Envelope envelope, JsonObject detail) throws MalformedEventException {
        String word = detail.text("action-type");
        Optional<ActionType> action = action(word);
        if (action.isEmpty()) {
            return unknown(envelope, word);
        }
        return new ReferrerAction(
                envelope,
                action.get(),
                detail.text("result"),
                detail.value("repository-name", "a repository name", RepositoryName::new),
                detail.optional("image-digest", Digest::new),
                detail.optional("image-tag", Tag::new),
                detail.optionalText("manifest-media-type"),
                detail.optionalText("artifact-media-type"),
                detail.optionalText("target-storage-class"),
                detail.optionalInstant("last-activated-at"));
    }

    private static Optional<ActionType> action(String word) {
        return Arrays.stream(ActionType.values())
                .filter(action -> action.name().equals(word))
                .findFirst();
    }

    private static Ignored unknown(Envelope envelope, String word) {
        return new Ignored("action-type '" + word + "' of " + envelope.detailType() + " is not known");
    }
}
