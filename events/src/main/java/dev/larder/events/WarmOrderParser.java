package dev.larder.events;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Reads warm orders. */
final class WarmOrderParser {
    static final String IMAGE = "repository:tag or repository@sha256:...";

    private WarmOrderParser() {}

    static WarmOrder parse(JsonObject root) throws MalformedEventException {
        Instant requestedAt = root.instant("requestedAt");
        Instant notBefore = root.optionalInstant("notBefore").orElse(requestedAt);
        ImageReference image = root.value("image", IMAGE, ImageReference::parse);
        Optional<Tag> by = root.optional("by", Tag::new);
        if (notBefore.isBefore(requestedAt)) {
            throw root.wrong(
                    "notBefore", notBefore.toString(), "no time before " + requestedAt + ", when it was ordered");
        }
        if (by.isPresent() && image instanceof ImageReference.Tagged) {
            throw root.wrong("by", by.get().value(), "nothing, since " + image + " has a tag");
        }
        return new WarmOrder(
                root.text("orderId"),
                image,
                by,
                root.value("reason", "a reason", WarmOrderParser::reason),
                root.values("platforms", Platform::parse),
                root.flag("refresh"),
                root.optionalFlag("takeOff"),
                requestedAt,
                notBefore);
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
