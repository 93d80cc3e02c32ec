package dev.larder.domain.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 8 bytes of the SHA-256 of an event's id: what the usage record keeps of an event, so that its second delivery
 * is known. Two events of one image, principal and ten seconds collide with a chance of 1 in 2^64 a pair; a collision loses
 * one pull.
 *
 * @param value the bytes, the first one highest
 */
public record EventHash(long value) {
    /** The bytes it has. */
    public static final int LENGTH = Long.BYTES;

    /** The hash of an event's id. */
    public static EventHash of(String eventId) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return ofBytes(sha256.digest(eventId.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
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
