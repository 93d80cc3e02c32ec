package dev.larder.domain.image;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions between bounds, all of which must hold: {@code >=15 <18}. Versions are compared number by number, and numbers
 * that either side leaves out are zero: so {@code <18} lets 17.9 through and not 18, and {@code <=17} not 17.9.
 *
 * @param bounds one or more
 */
public record VersionRange(List<Bound> bounds) {
    private static final Pattern BOUND = Pattern.compile("(>=|>|<=|<|=)v?(\\d+(?:\\.\\d+)*)");

    /** One of them. */
    public record Bound(String operator, List<BigInteger> numbers) {
        /** Copies the list. */
        public Bound {
            numbers = List.copyOf(numbers);
        }

        boolean holds(List<BigInteger> version) {
            int order = compare(version, numbers);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }
    }

    /** Copies the list. */
    public VersionRange {
        bounds = List.copyOf(bounds);
    }

    /**
     * Reads bounds with a space between them.
     *
     * @throws IllegalArgumentException when one is none, with what was found
     */
    public static VersionRange parse(String text) {
        return new VersionRange(
                Arrays.stream(text.split(" ", -1)).map(VersionRange::bound).toList());
    }

    private static Bound bound(String word) {
        Matcher bound = BOUND.matcher(word);
        if (!bound.matches()) {
            throw new IllegalArgumentException(
                    "not a bound: '" + word + "'; expected one of >= > <= < = and a version of dotted numbers");
        }
        return new Bound(
                bound.group(1),
                Pattern.compile("\\.")
                        .splitAsStream(bound.group(2))
                        .map(BigInteger::new)
                        .toList());
    }

    /** Whether the version is between them; the versions of variants do not count. */
    public boolean contains(VersionTag version) {
        return bounds.stream().allMatch(bound -> bound.holds(version.version()));
    }

    private static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            BigInteger left = i < one.size() ? one.get(i) : BigInteger.ZERO;
            BigInteger right = i < other.size() ? other.get(i) : BigInteger.ZERO;
            if (!left.equals(right)) {
                return left.compareTo(right);
            }
        }
        return 0;
    }
}
