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
            @ForAll @IntRange(max = 90) int excluded,
            @ForAll @IntRange(max = 150) int protectedImages) {
        Map<String, String> lists = Map.of(
                "warm.pins", list(pins, i -> "quay/team/image-" + i + ":1"),
                "usage.exclude", list(excluded, i -> "arn:aws:iam::111122223333:role/scanner-" + i),
                "lifecycle.evict.protect", list(protectedImages, i -> "quay/team/image-" + i + ":prod-*"));
        String text =
                """
                name: cache
                cells: [{ account: "111122223333", region: eu-central-1 }]
                upstreams: { quay: { registry: quay } }
                usage: { exclude: %s }
                warm: { pins: %s }
                lifecycle: { evict: { protect: %s } }
                """.formatted(lists.get("usage.exclude"), lists.get("warm.pins"), lists.get("lifecycle.evict.protect"));
        try {
            LarderConfig config = ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT);

            assertTrue(largest(config) + NAMES <= AwsLimits.LAMBDA_ENVIRONMENT_BYTES);
        } catch (InvalidConfigException e) {
            assertEquals(1, e.problems().size(), e.getMessage());
            Problem problem = e.problems().getFirst();
            List<String> read = problem.found().endsWith("LifecycleEnforcer")
                    ? List.of("warm.pins", "lifecycle.evict.protect")
                    : List.of("warm.pins", "usage.exclude");
            int longest =
                    read.stream().map(lists::get).mapToInt(String::length).max().orElseThrow();
            assertTrue(lists.getOrDefault(problem.path(), "").length() > longest * 9 / 10, e.getMessage());
        }
    }

    private static String list(int size, IntFunction<String> item) {
        return IntStream.range(0, size)
                .mapToObj(i -> '"' + item.apply(i) + '"')
                .collect(Collectors.joining(", ", "[", "]"));
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
