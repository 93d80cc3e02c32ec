package dev.larder.domain.warming;

import dev.larder.domain.image.VersionRange;
import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Tag;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The newest versions of an image, in a range. A repository has tags of several precisions ({@code 17}, {@code 17.2},
 * {@code 17.2.1}); where one begins as another one reads, it is a name for that one and no version. Release
 * candidates and the like are none, and neither are dates where there are versions; a version with the date of its build,
 * {@code 9.5-20241118}, is one.
 *
 * @param range the versions that count
 * @param variant what follows the version in the tag, without its own version: {@code alpine}; empty for nothing
 * @param newest so many of them
 */
public record Tracked(VersionRange range, String variant, int newest) {
    /** As {@link VersionTag} writes a version, also with the date of its build, and a date. */
    private static final Pattern PLAIN =
            Pattern.compile("[vV]?X(?:\\.[YZN])*(?:-DATE)?|[vV]?DATE|(?:[A-Za-z]+[._])?DATET?");

    /** Where some versions have so many numbers, a number that stands alone is a build's. */
    private static final int DOTTED = 2;

    /** The tags, the newest first, one of each version. */
    public List<Tag> among(Collection<Tag> tags) {
        List<VersionTag> all = tags.stream()
                .flatMap(tag -> VersionTag.of(tag).stream())
                .filter(version -> isVariant(version) && range.contains(version))
                .toList();
        int least = Math.min(
                dotted(all), all.stream().mapToInt(Tracked::precision).max().orElse(0));
        Set<List<BigInteger>> seen = new HashSet<>();
        all.forEach(version -> IntStream.range(1, version.versions())
                .forEach(numbers -> seen.add(version.version().subList(0, numbers))));
        return all.stream()
                .filter(version -> precision(version) >= least)
                .sorted(newestFirst())
                .filter(version -> seen.add(version.version()))
                .limit(newest)
                .map(VersionTag::tag)
                .toList();
    }

    /** One dotted tag among single numbers, {@code 3.20} beside 39, 40 and 41, is a stray and makes builds of none of them. */
    private static int dotted(List<VersionTag> all) {
        long singles = all.stream().filter(version -> precision(version) == 1).count();
        long others =
                all.stream().filter(version -> precision(version) >= DOTTED).count();
        return others == 1 && singles > 1 ? 1 : DOTTED;
    }

    /** Of one version the variant as the file has it, or else its newest. */
    private Comparator<VersionTag> newestFirst() {
        return Comparator.comparing(VersionTag::version, Tracked::compare)
                .thenComparing(version -> isSpelled(version.tag()))
                .thenComparing(VersionTag::numbers, Tracked::compare)
                .thenComparing(VersionTag::tag)
                .reversed();
    }

    private boolean isSpelled(Tag tag) {
        return tag.value().endsWith("-" + variant);
    }

    /** A variant with a version of its own, {@code alpine3.20}, is that one only. */
    private boolean isVariant(VersionTag version) {
        String family = version.family();
        if (variant.isEmpty()) {
            return PLAIN.matcher(family).matches();
        }
        if (family.equals(variant + "-DATE")) {
            return true;
        }
        int dash = family.indexOf('-');
        if (dash < 0 || !PLAIN.matcher(family.substring(0, dash)).matches()) {
            return false;
        }
        return isSpelled(version.tag()) || family.substring(dash + 1).equals(variant);
    }

    private static int precision(VersionTag version) {
        String shape = version.family().split("-", 2)[0];
        return shape.startsWith("X") || shape.startsWith("vX") || shape.startsWith("VX")
                ? shape.split("\\.", -1).length
                : 0;
    }

    private static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
