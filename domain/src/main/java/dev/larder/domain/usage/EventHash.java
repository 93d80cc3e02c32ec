package dev.larder.domain.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 8 bytes of the SHA-256 of an event's id: what the usage log keeps of an event, so that its second delivery is
 * known. A collision loses one pull; {@link #collisions} says how likely that is.
 *
 * @param value the bytes, the first one highest
 */
public record EventHash(long value) {
    /** The bytes it has. */
    public static final int LENGTH = Long.BYTES;

    /** The hash of an event's id. */
    public static EventHash of(String eventId) {
        return ofContent(eventId.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of anything. */
    public static EventHash ofContent(byte[] content) {
        try {
            return ofBytes(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /**
     * How many of so many pulls of one image and hour are expected to be lost to a collision: n (n - 1) / 2 pairs, each with
     * a chance of 2^-64. For 10^6 pulls 3 in 10^8.
     *
     * @param pulls of one image within one hour: only facts of the same image and hour are compared
     */
    public static double collisions(long pulls) {
        return (double) pulls * (pulls - 1) * Math.scalb(1.0, -65);
    }

    /** Reads back what {@link #bytes} wrote; bytes behind the eighth are passed over. */
    public static EventHash ofBytes(byte[] bytes) {
        return new EventHash(ByteBuffer.wrap(bytes).getLong());
    }

    /** The eight bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(value).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
