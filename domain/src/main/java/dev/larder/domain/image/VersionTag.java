package dev.larder.domain.image;

import dev.larder.events.image.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag that carries a version or a date, and so has a place among its kind.
 *
 * <p>A tag is read as words joined by dashes. A word of numbers is a version ({@code 1.27.3}, {@code v2}, {@code
 * 7.1.0.5_1}, {@code 3.13.0rc2}), eight digits that make a day are a date, and so are {@code
 * 2024-06-12} and {@code RELEASE.2024-06-13T22-53-53Z}, letters followed by a number are a variant
 * with a version of its own ({@code alpine3.20}), everything else stands for itself. The family is the tag with the
 * versions taken out: {@code 1.27.3-alpine3.20} and {@code 1.27.4-alpine3.21} are both {@code X.Y.Z-alpine}. How many
 * numbers a version has is part of its family: {@code 1.27} moves with every patch, {@code 1.27.3} does not.
 *
 * @param family what it has in common with its kind
 * @param numbers those of its versions and dates, in the order in which they stand; then those of its variants
 * @param versions how many of the numbers are of its versions and dates, 1 or more
 */
public record VersionTag(Tag tag, String family, List<BigInteger> numbers, int versions)
        implements Comparable<VersionTag> {
    private static final Pattern VERSION =
            Pattern.compile("([vV]?)(\\d+(?:[._]\\d+)*)(?:[._]?([A-Za-z]+)(?:[._]?(\\d+))?)?");
    private static final Pattern VARIANT = Pattern.compile("([A-Za-z][A-Za-z_.]*?)(\\d+(?:[._]\\d+)*)");
    private static final Pattern DATE = Pattern.compile("(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])");
    /** With its dashes, after a word and before a time perhaps. */
    private static final Pattern DASHED_DATE = Pattern.compile(
            "(?<![\\dA-Za-z])((?:19|20)\\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(?:T(\\d{2})-(\\d{2})-(\\d{2})Z)?(?![\\dA-Za-z])");

    private static final Pattern STAMP = Pattern.compile("([A-Za-z]+[._])?(" + DATE.pattern() + ")(?:T(\\d{6})Z)?");
    private static final Pattern HASH = Pattern.compile("g?(?=.*\\d)(?=.*[a-f])[0-9a-f]{7,64}");
    private static final int SHORTEST_DATE = 8;
    private static final int SHORTEST_HASH = 7;
    private static final Comparator<VersionTag> ORDER = Comparator.comparing(VersionTag::family)
            .thenComparing(VersionTag::numbers, VersionTag::compareNumbers)
            .thenComparing(VersionTag::tag);

    /**
     * Tags with a version before those with none, and of two versions the newer first, whatever their families; those of
     * variants do not count.
     */
    public static final Comparator<Tag> NEWEST_FIRST = Comparator.comparing(
                    (Tag tag) -> of(tag).map(VersionTag::version).orElse(List.of()), VersionTag::compareNumbers)
            .reversed()
            .thenComparing(Comparator.naturalOrder());

    /** Copies the list. */
    public VersionTag {
        numbers = List.copyOf(numbers);
    }

    /** Reads a tag; none when it has no version: {@code latest}, {@code bookworm}, {@code latest-pg17}, a commit, a digest. */
    public static Optional<VersionTag> of(Tag tag) {
        if (ReferrerTag.is(tag)) {
            return Optional.empty();
        }
        List<String> family = new ArrayList<>();
        List<BigInteger> versions = new ArrayList<>();
        List<BigInteger> variants = new ArrayList<>();
        for (String word : withoutDashesInDates(tag.value()).split("-", -1)) {
            family.add(shape(word, versions, variants));
        }
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        int count = versions.size();
        versions.addAll(variants);
        return Optional.of(new VersionTag(tag, String.join("-", family), versions, count));
    }

    /** A date has two dashes. */
    private static String withoutDashesInDates(String text) {
        if (text.indexOf('-') == text.lastIndexOf('-')) {
            return text;
        }
        return DASHED_DATE
                .matcher(text)
                .replaceAll(date -> date.group(1)
                        + date.group(2)
                        + date.group(3)
                        + (date.group(4) == null ? "" : "T" + date.group(4) + date.group(5) + date.group(6) + "Z"));
    }

    /** Each sweep reads all tags there are: a pattern that the word is too short for is not asked. */
    private static String shape(String word, List<BigInteger> versions, List<BigInteger> variants) {
        Matcher stamp = STAMP.matcher(word);
        if (word.length() >= SHORTEST_DATE && stamp.matches()) {
            versions.add(new BigInteger(stamp.group(2)));
            if (stamp.group(3) != null) {
                versions.add(new BigInteger(stamp.group(3)));
            }
            return (stamp.group(1) == null ? "" : stamp.group(1)) + "DATE" + (stamp.group(3) == null ? "" : "T");
        }
        if (word.length() >= SHORTEST_HASH && HASH.matcher(word).matches()) {
            return "HASH";
        }
        Matcher version = VERSION.matcher(word);
        if (version.matches()) {
            String numbers = version.group(2);
            addNumbers(numbers, versions);
            String before = version.group(3);
            if (before == null) {
                return version.group(1) + letters(numbers);
            }
            if (version.group(4) != null) {
                versions.add(new BigInteger(version.group(4)));
            }
            return version.group(1) + letters(numbers) + before;
        }
        Matcher variant = VARIANT.matcher(word);
        if (variant.matches()) {
            addNumbers(variant.group(2), variants);
            return variant.group(1);
        }
        return word;
    }

    private static String letters(String numbers) {
        int count = numbers.split("[._]", -1).length;
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            letters.add(i < 3 ? String.valueOf("XYZ".charAt(i)) : "N");
        }
        return String.join(".", letters);
    }

    private static void addNumbers(String text, List<BigInteger> to) {
        for (String number : text.split("[._]", -1)) {
            to.add(new BigInteger(number));
        }
    }

    private static int compareNumbers(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** The numbers of its versions and dates, those of its variants left out. */
    public List<BigInteger> version() {
        return numbers.subList(0, versions);
    }

    /**
     * How far apart two versions of one family are: 0 when only the last number differs ({@code 1.27.3} and {@code
     * 1.27.4}), 1 when the last but one does, and so on; -1 when none does.
     *
     * @throws IllegalArgumentException when they are of different families
     */
    public int distance(VersionTag other) {
        if (!family.equals(other.family)) {
            throw new IllegalArgumentException(tag + " and " + other.tag + " are not of one family");
        }
        for (int i = 0; i < Math.min(versions, other.versions); i++) {
            if (!numbers.get(i).equals(other.numbers.get(i))) {
                return Math.max(versions, other.versions) - 1 - i;
            }
        }
        return versions == other.versions ? -1 : 0;
    }

    /** By family; in a family the older version first; equal versions by the tag's text. */
    @Override
    public int compareTo(VersionTag other) {
        return ORDER.compare(this, other);
    }
}
