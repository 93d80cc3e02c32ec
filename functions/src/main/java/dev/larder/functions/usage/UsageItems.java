package dev.larder.functions.usage;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.UsageBucket;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and attributes of the usage record's items. */
final class UsageItems {
    /** In front of a bucket's {@code sk}. */
    static final String BUCKET = "bucket#";

    /** In front of a day's {@code sk}. */
    static final String DAY = "day#";

    /** In front of the principal in the name of a bucket's sets. */
    static final String BY = "by ";

    /** A day's pulls by principal, map of numbers. */
    static final String BY_PRINCIPAL = "by";

    /** The events of a day's cold pulls, binary set. */
    static final String EVENTS = "events";

    /** How often something was noted for a day's roll-up, number. */
    static final String CHANGES = "changes";

    /** A day's share of the popularity, number. */
    static final String SCORE = "score";

    /** The half-life, in seconds, that the score was made with, number. */
    static final String HALF_LIFE = "halfLife";

    /**
     * How long buckets stay. Rolling a day up again has to find all of them, so it is longer than {@link UsageRollup} goes
     * back.
     */
    static final Duration KEPT = Duration.ofDays(35);

    private UsageItems() {}

    static String usageOf(ImageReference image) {
        return "usage#" + image;
    }

    static Key bucket(ImageReference image, UsageBucket bucket) {
        return new Key(usageOf(image), BUCKET + bucket);
    }

    static Key cold(ImageReference image, LocalDate day) {
        return new Key(usageOf(image), "cold#" + day);
    }

    static Key day(ImageReference image, LocalDate day) {
        return new Key(usageOf(image), DAY + day);
    }

    static String notedOn(LocalDate day) {
        return "usage-day#" + day;
    }

    static Key noted(ImageReference image, LocalDate day) {
        return new Key(notedOn(day), image.toString());
    }

    static Instant expiry(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(KEPT);
    }

    static AttributeValue hashes(Collection<EventHash> events) {
        return AttributeValue.fromBs(events.stream()
                .distinct()
                .map(event -> SdkBytes.fromByteArray(event.bytes()))
                .toList());
    }

    static Set<EventHash> hashes(Map<String, AttributeValue> attributes, String name) {
        AttributeValue value = attributes.get(name);
        List<SdkBytes> bytes = value == null ? List.of() : value.bs();
        return bytes.stream().map(each -> EventHash.ofBytes(each.asByteArray())).collect(Collectors.toSet());
    }

    /** Principal to pulls of a bucket. */
    static Map<String, Long> by(Item bucket) {
        Map<String, Long> by = new TreeMap<>();
        bucket.attributes().forEach((name, value) -> {
            if (name.startsWith(BY)) {
                by.put(name.substring(BY.length()), (long) value.bs().size());
            }
        });
        return by;
    }
}
