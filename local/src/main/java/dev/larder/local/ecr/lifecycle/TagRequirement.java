package dev.larder.local.ecr.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a rule asks of an image's tags. */
sealed interface TagRequirement {
    boolean matches(List<String> tags);

    /** {@code tagStatus: any}: nothing is asked. */
    record Any() implements TagRequirement {
        @Override
        public boolean matches(List<String> tags) {
            return true;
        }
    }

    /** {@code tagStatus: untagged}. */
    record Untagged() implements TagRequirement {
        @Override
        public boolean matches(List<String> tags) {
            return tags.isEmpty();
        }
    }

    /** {@code tagPrefixList}: for each prefix the image has a tag that starts with it. */
    record Prefixes(List<String> prefixes) implements TagRequirement {
        public Prefixes {
            prefixes = List.copyOf(prefixes);
        }

        @Override
        public boolean matches(List<String> tags) {
            return prefixes.stream().allMatch(prefix -> tags.stream().anyMatch(tag -> tag.startsWith(prefix)));
        }
    }

    /** {@code tagPatternList}: for each pattern the image has a tag that matches it; {@code *} is any text, or none. */
    record Patterns(List<String> patterns) implements TagRequirement {
        public Patterns {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean matches(List<String> tags) {
            return patterns.stream()
                    .allMatch(
                            pattern -> tags.stream().anyMatch(compiled(pattern).asMatchPredicate()));
        }

        private static Pattern compiled(String pattern) {
            return Pattern.compile(
                    Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }
    }
}
