package dev.larder.config;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Whether the settings of each function fit into its environment: Lambda allows 4 KB for all variables together
 * (quotas in Lambda's developer guide).
 */
final class EnvironmentSize {
    /** What each function reads, beside names that a deploy fills in. */
    private static final Map<String, List<String>> READERS = Map.of(
            "UsageRecorder", List.of(EnvironmentVariables.UPSTREAMS, EnvironmentVariables.USAGE),
            "UsageKeeper", List.of(EnvironmentVariables.UPSTREAMS, EnvironmentVariables.USAGE),
            "WarmPlanner",
                    List.of(EnvironmentVariables.UPSTREAMS, EnvironmentVariables.WARM, EnvironmentVariables.USAGE),
            "UpstreamLookout",
                    List.of(EnvironmentVariables.UPSTREAMS, EnvironmentVariables.WARM, EnvironmentVariables.USAGE),
            "LifecycleWorker",
                    List.of(
                            EnvironmentVariables.UPSTREAMS,
                            EnvironmentVariables.WARM,
                            EnvironmentVariables.USAGE,
                            EnvironmentVariables.LIFECYCLE));

    /** Kept for the names of the table, queue, bus and roles: eight role names of 64 characters are the most of it. */
    private static final int RESERVED = 832;

    /** Lambda does not say how it counts; quotes, a colon and a comma for each variable are assumed. */
    private static final int PER_VARIABLE = 6;

    private EnvironmentSize() {}

    /** Adds a problem at the longest list when the fullest environment is too full. */
    static void check(LarderConfig config, Section file) {
        Map<String, String> settings = new HashMap<>(UpstreamSettings.toEnvironment(config.upstreams()));
        settings.putAll(UsageSettings.toEnvironment(config.usage()));
        settings.putAll(WarmSettings.toEnvironment(config.warm()));
        settings.putAll(LifecycleSettings.toEnvironment(config.lifecycle()));
        int most = AwsLimits.LAMBDA_ENVIRONMENT_BYTES - RESERVED;
        READERS.entrySet().stream()
                .map(reader -> new Fill(reader.getKey(), reader.getValue(), size(reader.getValue(), settings)))
                .filter(fill -> fill.bytes() > most)
                .max(Comparator.comparingInt(Fill::bytes).thenComparing(Fill::function))
                .ifPresent(fill -> report(fill, most, file));
    }

    private static void report(Fill fill, int most, Section file) {
        Entry longest = lists(file)
                .filter(list -> fill.variables().contains(list.variable()))
                .map(GrowingList::entry)
                .max(Comparator.comparingInt(entry -> size(entry.node())))
                .orElse(file.self());
        longest.problem(
                "settings of " + fill.bytes() + " bytes for the function " + fill.function(),
                "at most " + most + ", as Lambda allows " + AwsLimits.LAMBDA_ENVIRONMENT_BYTES
                        + " for all variables: shorten " + longest.path() + ", which is the longest list");
    }

    private static int size(List<String> variables, Map<String, String> settings) {
        return variables.stream()
                .mapToInt(name -> PER_VARIABLE + bytes(name) + bytes(settings.getOrDefault(name, "")))
                .sum();
    }

    /** The bytes of all words in a list or mapping. */
    private static int size(Node node) {
        return switch (node) {
            case ScalarNode word -> bytes(word.getValue());
            case SequenceNode list ->
                list.getValue().stream().mapToInt(EnvironmentSize::size).sum();
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .mapToInt(tuple -> size(tuple.getKeyNode()) + size(tuple.getValueNode()))
                        .sum();
            default -> 0;
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Stream<GrowingList> lists(Section file) {
        Stream<GrowingList> own = Stream.of(
                        GrowingList.of(EnvironmentVariables.USAGE, file, "usage", "exclude"),
                        GrowingList.of(EnvironmentVariables.WARM, file, "warm", "pins"),
                        GrowingList.of(EnvironmentVariables.WARM, file, "warm", "track"),
                        GrowingList.of(EnvironmentVariables.WARM, file, "warm", "substitutes"),
                        GrowingList.of(EnvironmentVariables.WARM, file, "warm", "cells"),
                        GrowingList.of(EnvironmentVariables.LIFECYCLE, file, "lifecycle", "evict", "protect"),
                        GrowingList.of(EnvironmentVariables.LIFECYCLE, file, "lifecycle", "rules"),
                        GrowingList.of(EnvironmentVariables.LIFECYCLE, file, "lifecycle", "quotas"))
                .flatMap(Optional::stream);
        Stream<GrowingList> allowed = file.get("upstreams").flatMap(Section::open).stream()
                .flatMap(upstreams -> upstreams.keys().keySet().stream()
                        .flatMap(prefix ->
                                GrowingList.of(EnvironmentVariables.UPSTREAMS, upstreams, prefix, "allow").stream()));
        return Stream.concat(own, allowed);
    }

    private record Fill(String function, List<String> variables, int bytes) {}

    private record GrowingList(String variable, Entry entry) {
        static Optional<GrowingList> of(String variable, Section from, String... path) {
            Optional<Entry> entry = from.get(path[0]);
            for (int i = 1; i < path.length; i++) {
                String key = path[i];
                entry = entry.flatMap(Section::open).flatMap(section -> section.get(key));
            }
            return entry.map(found -> new GrowingList(variable, found));
        }
    }
}
