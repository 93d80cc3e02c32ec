package dev.larder.events;

import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.events.OwnEvent.RuleChecked;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads Larder's own events, which {@link OwnJson} writes. */
final class OwnParser {
    private OwnParser() {}

    static Event parse(Envelope envelope, JsonObject root) throws MalformedEventException {
        JsonObject detail = root.object("detail");
        return switch (envelope.detailType()) {
            case ImageWarmed.DETAIL_TYPE ->
                new ImageWarmed(
                        detail.text("orderId"),
                        detail.value("image", WarmOrderParser.IMAGE, ImageReference::parse),
                        detail.value("digest", "a digest", Digest::new),
                        detail.value("reason", "a reason", WarmOrderParser::reason),
                        detail.values("platforms", Platform::parse),
                        detail.values("absent", Platform::parse),
                        detail.optionalWhole("sizeBytes"),
                        detail.optionalText("unverified"),
                        detail.value("took", "an ISO-8601 duration such as PT2.5S", OwnParser::duration),
                        detail.instant("at"));
            case ImageWarmFailed.DETAIL_TYPE ->
                new ImageWarmFailed(
                        detail.text("orderId"),
                        detail.value("image", WarmOrderParser.IMAGE, ImageReference::parse),
                        detail.value("reason", "a reason", WarmOrderParser::reason),
                        detail.text("failureCode"),
                        detail.optionalText("failureReason").orElse(""),
                        detail.flag("willRetry"),
                        detail.instant("at"));
            case ImagesPopular.DETAIL_TYPE ->
                new ImagesPopular(
                        detail.value("cell", "account/region", ImagesPopular::cell),
                        wanted(detail),
                        detail.instant("at"));
            case ImageEvicted.DETAIL_TYPE ->
                new ImageEvicted(
                        detail.text("runId"),
                        detail.value("repository", "a repository name", RepositoryName::new),
                        detail.value("digest", "a digest", Digest::new),
                        detail.values("tags", Tag::new),
                        detail.values("platforms", Platform::parse),
                        detail.optionalWhole("sizeBytes"),
                        detail.text("reason"),
                        detail.optionalText("evidence").orElse(""),
                        detail.instant("at"));
            case RuleChecked.DETAIL_TYPE -> ruleChecked(detail);
            default -> new Ignored("detail-type '" + envelope.detailType() + "' of larder is not known");
        };
    }

    private static List<ImagesPopular.Wanted> wanted(JsonObject detail) throws MalformedEventException {
        List<JsonObject> images = detail.objects("images");
        if (images.size() > ImagesPopular.MOST) {
            throw detail.wrong("images", images.size() + " images", "at most " + ImagesPopular.MOST);
        }
        List<ImagesPopular.Wanted> wanted = new ArrayList<>();
        for (JsonObject image : images) {
            wanted.add(new ImagesPopular.Wanted(
                    image.value("image", "repository:tag", WarmOrderParser::tagged), image.positive("pullsPerDay")));
        }
        return wanted;
    }

    /** Whether it is valid is told twice: the text for people may be empty. */
    private static RuleChecked ruleChecked(JsonObject detail) throws MalformedEventException {
        String failure = detail.optionalText("failure").orElse("");
        return new RuleChecked(
                detail.text("prefix"),
                detail.flag("valid") ? Optional.empty() : Optional.of(failure),
                detail.instant("at"));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException notADuration) {
            throw new IllegalArgumentException(
                    "not a duration: '" + text + "'; expected ISO-8601 such as PT2.5S", notADuration);
        }
    }
}
