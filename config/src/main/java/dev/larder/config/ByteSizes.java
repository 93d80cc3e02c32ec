package dev.larder.config;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as the file and the environment write them: {@code 500GB} is decimal, {@code 500GiB} is binary. */
final class ByteSizes {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,18})(B|[KMGTP]i?B)");
    private static final Map<String, Long> UNITS = units();

    private ByteSizes() {}

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        long decimal = 1_000_000_000_000_000L;
        long binary = 1L << 50;
        for (String letter : new String[] {"P", "T", "G", "M", "K"}) {
            units.put(letter + "B", decimal);
            units.put(letter + "iB", binary);
            decimal /= 1000;
            binary >>= 10;
        }
        units.put("B", 1L);
        return units;
    }

    /** Bytes, above zero. */
    static long read(String text) {
        Matcher matcher = SIZE.matcher(text);
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new UnexpectedText("a size such as 500GB (decimal) or 500GiB (binary)");
        }
        BigInteger bytes = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
        if (bytes.compareTo(BigInteger.ONE.shiftLeft(62)) > 0) {
            throw new UnexpectedText("a size of at most 4096PiB");
        }
        return bytes.longValueExact();
    }

    /** The shortest text that {@link #read} turns into the same number of bytes. */
    static String write(long bytes) {
        if (bytes <= 0 || bytes > 1L << 62) {
            throw new IllegalArgumentException("could not write the size " + bytes + ": expected 1 to 4096PiB");
        }
        return UNITS.entrySet().stream()
                .filter(unit -> bytes % unit.getValue() == 0)
                .map(unit -> bytes / unit.getValue() + unit.getKey())
                .min(Comparator.comparingInt(String::length))
                .orElseThrow();
    }
}
