package dev.larder.cli;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A step of warming an image, as a person or a program is told. */
sealed interface WarmStep {
    WarmOrder order();

    /** After the step's name and the image, for people. */
    default String more() {
        return "";
    }

    /** What the JSON object holds besides the step, the image and the order. */
    default Map<String, Object> fields() {
        return Map.of();
    }

    /** The order is in the queue. */
    record Ordered(WarmOrder order) implements WarmStep {}

    /** The worker is at it. */
    record Importing(WarmOrder order) implements WarmStep {}

    /** All of one platform is in the cache. */
    record Landed(WarmOrder order, Platform platform) implements WarmStep {
        @Override
        public String more() {
            return " " + platform;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("platform", platform.toString());
        }
    }

    /**
     * It is warm.
     *
     * @param unverified why nobody knows that the upstream has the same; absent when it said so
     * @param took absent when another order did it
     */
    record Warm(WarmOrder order, Optional<Digest> digest, Optional<String> unverified, Optional<Duration> took)
            implements WarmStep {
        @Override
        public String more() {
            return digest.map(d -> " " + d).orElse("")
                    + took.map(time -> String.format(Locale.ROOT, " in %.1f s", time.toMillis() / 1000.0))
                            .orElse("")
                    + unverified.map(why -> ", not compared: " + why).orElse(", the same as the upstream's");
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            digest.ifPresent(d -> fields.put("digest", d.toString()));
            fields.put("verified", unverified.isEmpty());
            unverified.ifPresent(why -> fields.put("unverified", why));
            took.ifPresent(time -> fields.put("tookSeconds", time.toMillis() / 1000.0));
            return fields;
        }
    }

    /** It did not work yet, and the order comes again by itself. */
    record Waiting(WarmOrder order, Failure failure) implements WarmStep {
        @Override
        public String more() {
            return ": " + failure;
        }

        @Override
        public Map<String, Object> fields() {
            return failed(failure);
        }
    }

    /** It did not work. */
    record Failed(WarmOrder order, Failure failure) implements WarmStep {
        @Override
        public String more() {
            return ": " + failure;
        }

        @Override
        public Map<String, Object> fields() {
            return failed(failure);
        }
    }

    /** Nothing more was seen of it in time. */
    record Unfinished(WarmOrder order, Duration after) implements WarmStep {
        @Override
        public String more() {
            return " after " + after.toMinutes()
                    + " minutes; the order stands, and ./larder status shows the upstream and the dead letters";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("afterSeconds", after.toSeconds());
        }
    }

    private static Map<String, Object> failed(Failure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("failureKind", failure.kind().name().toLowerCase(Locale.ROOT));
        fields.put("failureCode", failure.code());
        fields.put("failureReason", failure.reason());
        return fields;
    }

    /** In one word. */
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The line for people. */
    default String line() {
        return name() + " " + order().image() + more();
    }

    /** The JSON object for programs. */
    default Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", name());
        json.put("image", order().image().toString());
        order().by().ifPresent(tag -> json.put("by", tag.toString()));
        json.put("orderId", order().orderId());
        json.putAll(fields());
        return json;
    }
}
