package dev.larder.local.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110, 14).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, at most the size less one
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    /**
     * Reads a {@code Range} header. Empty when there is none or it has another form, several ranges for instance: then
     * the whole is served, as the RFC allows.
     *
     * @throws RegistryException 416 when the range is outside the bytes
     */
    static Optional<ByteRange> parse(Optional<String> header, long size) {
        Matcher one = ONE.matcher(header.orElse(""));
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return Optional.empty();
        }
        long first;
        long last = size - 1;
        if (one.group(1).isEmpty()) {
            first = Math.max(0, size - Long.parseLong(one.group(2)));
        } else {
            first = Long.parseLong(one.group(1));
            if (!one.group(2).isEmpty()) {
                long asked = Long.parseLong(one.group(2));
                if (asked < first) {
                    return Optional.empty();
                }
                last = Math.min(last, asked);
            }
        }
        if (first >= size) {
            throw new RegistryException(
                    416, "SIZE_INVALID", "'" + header.orElse("") + "' starts beyond the blob's " + size + " bytes");
        }
        return Optional.of(new ByteRange(first, last));
    }
}
