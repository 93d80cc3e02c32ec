package dev.larder.domain.upstream;

import dev.larder.events.image.Tag;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tags that are likely to move by and by: {@code 1.27} where there is a {@code 1.27.3}, {@code alpine3.21} where there is a
 * {@code 1.27-alpine3.21}, and names without any digit, such as {@code latest} and {@code main}.
 */
public final class MovingTags {
    private static final Pattern VERSIONED = Pattern.compile("(v?\\d+(?:\\.\\d+)*)((?:-.*)?)");
    private static final Pattern NAME = Pattern.compile("\\D+");

    private MovingTags() {}

    /** Those among all tags of a repository. */
    public static Set<Tag> among(Set<Tag> tags) {
        Set<String> stems = new HashSet<>();
        for (Tag tag : tags) {
            Matcher versioned = VERSIONED.matcher(tag.value());
            if (versioned.matches()) {
                addStems(versioned.group(1), versioned.group(2), stems);
            }
        }
        return tags.stream()
                .filter(tag ->
                        stems.contains(tag.value()) || NAME.matcher(tag.value()).matches())
                .collect(Collectors.toSet());
    }

    /** What would have to move when the next version comes. */
    private static void addStems(String version, String variant, Set<String> stems) {
        for (int dot = version.lastIndexOf('.'); dot > 0; dot = version.lastIndexOf('.', dot - 1)) {
            stems.add(version.substring(0, dot) + variant);
        }
        if (!variant.isEmpty()) {
            stems.add(variant.substring(1));
        }
    }
}
