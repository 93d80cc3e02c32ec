package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the loader takes, Lambda takes too: a deploy does not fail half-way because a list is too long. */
class EnvironmentSizeTest {
    /** Names that a deploy adds: a table, a queue's URL, a bus, five roles. */
    private static final int NAMES = 700;

    @Property(tries = 200)
    void whatIsTakenFitsAndWhatIsNotNamesTheLongestList(
            @ForAll @IntRange(max = 150) int pins,
            @ForAll @IntRange(max = 60) int tracked,
            @ForAll @IntRange(max = 30) int substituted,
            @ForAll @IntRange(max = 90) int excluded,
            @ForAll @IntRange(max = 150) int protectedImages,
            @ForAll @IntRange(max = 60) int ruled) {
        Map<String, List<String>> words = Map.of(
                "warm.pins", words(pins, i -> "quay/team/image-" + i + ":1"),
                "warm.track", words(tracked, i -> "quay/team/image-" + i),
                "warm.substitutes", words(substituted, i -> "quay/team-" + i + "/*"),
                "usage.exclude", words(excluded, i -> "arn:aws:iam::111122223333:role/scanner-" + i),
                "lifecycle.evict.protect", words(protectedImages, i -> "quay/team/image-" + i + ":prod-*"),
                "lifecycle.rules", words(ruled, i -> "quay/team-" + i + "/**"));
        String text = """
                name: cache
                cells: [{ account: "111122223333", region: eu-central-1 }]
                upstreams: { quay: { registry: quay }, kubernetes: { registry: k8s } }
                usage: { exclude: [%s] }
                warm: { pins: [%s], track: [%s], substitutes: { %s } }
                lifecycle: { evict: { protect: [%s] }, rules: [%s] }
                """.formatted(
                        each(words, "usage.exclude", "'%s'"),
                        each(words, "warm.pins", "'%s'"),
                        each(words, "warm.track", "{ image: '%s' }"),
                        each(words, "warm.substitutes", "'%s': 'kubernetes/team/*'"),
                        each(words, "lifecycle.evict.protect", "'%s'"),
                        each(words, "lifecycle.rules", "{ match: '%s', keepNewest: 1 }"));
        try {
            LarderConfig config = ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT);

            assertTrue(largest(config) + NAMES <= AwsLimits.LAMBDA_ENVIRONMENT_BYTES);
        } catch (InvalidConfigException e) {
            assertEquals(1, e.problems().size(), e.getMessage());
            Problem problem = e.problems().getFirst();
            List<String> others = problem.found().endsWith("LifecycleEnforcer")
                    ? List.of("lifecycle.evict.protect", "lifecycle.rules")
                    : List.of("usage.exclude");
            int longest = Stream.concat(Stream.of("warm.pins", "warm.track", "warm.substitutes"), others.stream())
                    .mapToInt(path -> length(words, path))
                    .max()
                    .orElseThrow();
            assertTrue(length(words, problem.path()) > longest * 9 / 10, e.getMessage());
        }
    }

    private static List<String> words(int size, IntFunction<String> word) {
        return IntStream.range(0, size).mapToObj(word).toList();
    }

    private static String each(Map<String, List<String>> words, String path, String shape) {
        return words.getOrDefault(path, List.of()).stream()
                .map(shape::formatted)
                .collect(Collectors.joining(", "));
    }

    /** What a list adds to the file: its words, and the fixed ones around each. */
    private static int length(Map<String, List<String>> words, String path) {
        int around = Map.of(
                        "warm.track", "image".length(),
                        "warm.substitutes", "kubernetes/team/*".length(),
                        "lifecycle.rules", "match".length() + "keepNewest".length() + "1".length())
                .getOrDefault(path, 0);
        return words.getOrDefault(path, List.of()).stream()
                .mapToInt(word -> word.length() + around)
                .sum();
    }

    /** The largest of the environments, by the functions' own settings. */
    private static int largest(LarderConfig config) {
        int upstreams = bytes(UpstreamSettings.toEnvironment(config.upstreams()));
        int usage = bytes(UsageSettings.toEnvironment(config.usage()));
        int warm = bytes(WarmSettings.toEnvironment(config.warm()));
        int lifecycle = bytes(LifecycleSettings.toEnvironment(config.lifecycle()));
        return List.of(upstreams + usage, upstreams + warm + usage, upstreams + warm + lifecycle).stream()
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static int bytes(Map<String, String> environment) {
        return environment.entrySet().stream()
                .mapToInt(entry -> (entry.getKey() + entry.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
