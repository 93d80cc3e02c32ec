package dev.larder.events;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import java.util.Arrays;

/** Reads warm orders. */
final class WarmOrderParser {
    private WarmOrderParser() {}

    static WarmOrder parse(JsonObject root) throws MalformedEventException {
        return new WarmOrder(
                root.text("orderId"),
                root.value("image", "repository:tag", WarmOrderParser::tagged),
                root.value("reason", "a reason", WarmOrderParser::reason),
                root.values("platforms", Platform::parse),
                root.flag("refresh"),
                root.instant("requestedAt"));
    }

    static ImageReference.Tagged tagged(String text) {
        return switch (ImageReference.parse(text)) {
            case ImageReference.Tagged tagged -> tagged;
            case ImageReference.Digested digested ->
                throw new IllegalArgumentException("an image by digest: '" + digested + "'; expected repository:tag");
        };
    }

    static WarmReason reason(String text) {
        return Arrays.stream(WarmReason.values())
                .filter(reason -> reason.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a reason: '" + text + "'; expected one of " + Arrays.toString(WarmReason.values())));
    }
}
