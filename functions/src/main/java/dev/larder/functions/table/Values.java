package dev.larder.functions.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes attribute values. */
public final class Values {
    /**
     * Milliseconds always, so that the order of the texts is the order of the instants, which conditions rely on:
     * {@code Instant.toString} would write {@code 00Z} after {@code 00.5Z}.
     */
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Values() {}

    /** A text. */
    public static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** An instant, cut to milliseconds. */
    public static AttributeValue instant(Instant value) {
        return text(MILLISECONDS.format(value));
    }

    /** An instant in epoch seconds, as the table's time to live wants it. */
    public static AttributeValue expiry(Instant value) {
        return number(value.getEpochSecond());
    }

    /** A whole number. */
    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** A number with a fraction. */
    public static AttributeValue number(double value) {
        return AttributeValue.fromN(Double.toString(value));
    }

    /** A boolean. */
    public static AttributeValue flag(boolean value) {
        return AttributeValue.fromBool(value);
    }

    /** A set of texts; it must not be empty, since DynamoDB has no empty sets. */
    public static AttributeValue set(Collection<?> values) {
        return AttributeValue.fromSs(
                values.stream().map(Object::toString).distinct().sorted().toList());
    }

    /** A list of texts. */
    public static AttributeValue list(List<String> values) {
        return AttributeValue.fromL(values.stream().map(Values::text).toList());
    }
}
