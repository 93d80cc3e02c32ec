package dev.larder.domain.warming;

import dev.larder.domain.image.VersionRange;
import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Tag;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The newest versions of an image, in a range. A repository has tags of several precisions ({@code 17}, {@code 17.2},
 * {@code 17.2.1}); the most precise ones are the versions, since all others are names for one of them. Release
 * candidates and the like are none, and neither are dates where there are versions.
 *
 * @param range the versions that count
 * @param variant what follows the version in the tag, without its own version: {@code alpine}; empty for nothing
 * @param newest so many of them
 */
public record Tracked(VersionRange range, String variant, int newest) {
    /** As {@link VersionTag} writes a version, a date, and a number that stands alone. */
    private static final Pattern PLAIN = Pattern.compile("[vV]?(?:X(?:\\.[YZN])*|DATE)");

    /** The tags, the newest first. */
    public List<Tag> among(Collection<Tag> tags) {
        Map<String, List<VersionTag>> families = tags.stream()
                .flatMap(tag -> VersionTag.of(tag).stream())
                .filter(version -> isVariant(version.family()))
                .collect(Collectors.groupingBy(VersionTag::family));
        return families.entrySet().stream()
                .filter(family -> family.getValue().stream().anyMatch(range::contains))
                .max(Comparator.comparingInt((Map.Entry<String, List<VersionTag>> family) -> precision(family.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .map(family -> newestOf(family.getValue()))
                .orElse(List.of());
    }

    private List<Tag> newestOf(List<VersionTag> family) {
        return family.stream()
                .filter(range::contains)
                .sorted(Comparator.comparing(VersionTag::version, Tracked::compare)
                        .thenComparing(version -> version)
                        .reversed())
                .limit(newest)
                .map(VersionTag::tag)
                .toList();
    }

    private boolean isVariant(String family) {
        if (variant.isEmpty()) {
            return PLAIN.matcher(family).matches();
        }
        int dash = family.indexOf('-');
        if (dash < 0 || !PLAIN.matcher(family.substring(0, dash)).matches()) {
            return false;
        }
        String rest = family.substring(dash + 1);
        return rest.equals(variant)
                || VersionTag.of(new Tag("0-" + variant))
                        .map(VersionTag::family)
                        .filter(shape -> shape.substring(shape.indexOf('-') + 1).equals(rest))
                        .isPresent();
    }

    private static int precision(String family) {
        String version = family.split("-", 2)[0];
        return version.endsWith("DATE") ? 0 : version.split("\\.", -1).length;
    }

    private static int compare(List<java.math.BigInteger> one, List<java.math.BigInteger> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
