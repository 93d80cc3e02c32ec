package dev.larder.domain.upstream;

import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tags that are likely to point at the same image as another: {@code 1.27.3} at that of {@code 1.27}, {@code
 * 1.29.1-alpine} at that of {@code alpine}. Whether one does, its upstream has to say.
 */
public final class EqualTags {
    private static final Pattern VERSIONED = Pattern.compile("(v?\\d+(?:\\.\\d+)*)((?:-.*)?)");

    private EqualTags() {}

    /**
     * The likely ones, the likeliest first: those that pointed at the digest when they were last looked at, then more
     * exact versions, the newest first.
     *
     * @param digest what the tag points at, at the upstream
     */
    public static List<Tag> of(Tag tag, Digest digest, KnownTags known) {
        Stream<Tag> seen = known.tags().entrySet().stream()
                .filter(entry ->
                        entry.getValue().digest().filter(digest::equals).isPresent())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(EqualTags::exactness)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
        return Stream.concat(seen, moreExact(tag, known))
                .filter(other -> !other.equals(tag))
                .distinct()
                .toList();
    }

    private static Stream<Tag> moreExact(Tag tag, KnownTags known) {
        Matcher versioned = VERSIONED.matcher(tag.value());
        boolean named = !versioned.matches();
        String start = named ? "" : versioned.group(1) + ".";
        String end = named ? (tag.value().equals("latest") ? "" : "-" + tag) : versioned.group(2);
        return known.tags().keySet().stream()
                .filter(other -> isMoreExact(other, start, end))
                .flatMap(other -> VersionTag.of(other).stream())
                .sorted(Comparator.comparing((VersionTag other) -> other, EqualTags::newer)
                        .thenComparing(VersionTag::tag))
                .map(VersionTag::tag);
    }

    private static boolean isMoreExact(Tag other, String start, String end) {
        Matcher versioned = VERSIONED.matcher(other.value());
        return versioned.matches()
                && versioned.group(1).startsWith(start)
                && versioned.group(2).equals(end);
    }

    /** The higher version first; of equal beginnings the one that says more. */
    private static int newer(VersionTag one, VersionTag other) {
        for (int i = 0; i < Math.min(one.numbers().size(), other.numbers().size()); i++) {
            int order = other.numbers().get(i).compareTo(one.numbers().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.numbers().size(), one.numbers().size());
    }

    private static int exactness(Tag tag) {
        return VersionTag.of(tag).map(version -> version.numbers().size()).orElse(0);
    }
}
