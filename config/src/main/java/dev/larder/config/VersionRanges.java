package dev.larder.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code versions} of a track: comparators with a space between them, all of which must hold. Versions are compared number
 * by number, and numbers that a comparator leaves out are zero. That the comparators have a version between them is all
 * that is checked; what a tag's version is, is not decided here.
 */
final class VersionRanges {
    private static final int LONGEST = 200;
    private static final Pattern COMPARATOR = Pattern.compile("(>=|>|<=|<|=)v?([0-9]{1,18}(?:\\.[0-9]{1,18}){0,7})");
    private static final String EXPECTED =
            "comparators with a space between them, such as \">=15 <18\": each of >= > <="
                    + " < = and a version of dotted numbers";

    private VersionRanges() {}

    static String read(String text) {
        List<Bound> lower = new ArrayList<>();
        List<Bound> upper = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            Matcher comparator = COMPARATOR.matcher(word);
            if (text.length() > LONGEST || !comparator.matches()) {
                throw new UnexpectedText(EXPECTED);
            }
            String operator = comparator.group(1);
            Bound bound = new Bound(word, numbers(comparator.group(2)), operator.endsWith("="));
            if (!operator.startsWith("<")) {
                lower.add(bound);
            }
            if (!operator.startsWith(">")) {
                upper.add(bound);
            }
        }
        lower.forEach(from -> upper.forEach(to -> checkBetween(from, to)));
        return text;
    }

    private static void checkBetween(Bound from, Bound to) {
        int order = compare(from.numbers(), to.numbers());
        if (order > 0 || (order == 0 && !(from.included() && to.included()))) {
            throw new UnexpectedText("versions that can be: none is " + from.text() + " and also " + to.text());
        }
    }

    private static List<BigInteger> numbers(String dotted) {
        return Pattern.compile("\\.").splitAsStream(dotted).map(BigInteger::new).toList();
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

    private record Bound(String text, List<BigInteger> numbers, boolean included) {}
}
