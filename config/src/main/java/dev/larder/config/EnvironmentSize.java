package dev.larder.config;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
            "LifecycleEnforcer",
                    List.of(EnvironmentVariables.UPSTREAMS, EnvironmentVariables.WARM, EnvironmentVariables.LIFECYCLE));

    /** Kept for the names of the table, queue, bus and roles: six role names of 64 characters are the most of it. */
    private static final int RESERVED = 768;

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
                .map(ListOfTexts::entry)
                .max(Comparator.comparingInt(EnvironmentSize::size))
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

    private static int size(Entry list) {
        return list.texts(text -> text).stream()
                .mapToInt(EnvironmentSize::bytes)
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Stream<ListOfTexts> lists(Section file) {
        Stream<ListOfTexts> own = Stream.of(
                        ListOfTexts.of(EnvironmentVariables.USAGE, file, "usage", "exclude"),
                        ListOfTexts.of(EnvironmentVariables.WARM, file, "warm", "pins"),
                        ListOfTexts.of(EnvironmentVariables.LIFECYCLE, file, "lifecycle", "evict", "protect"))
                .flatMap(Optional::stream);
        Stream<ListOfTexts> allowed = file.get("upstreams").flatMap(Section::open).stream()
                .flatMap(upstreams -> upstreams.keys().keySet().stream()
                        .flatMap(prefix ->
                                ListOfTexts.of(EnvironmentVariables.UPSTREAMS, upstreams, prefix, "allow").stream()));
        return Stream.concat(own, allowed);
    }

    private record Fill(String function, List<String> variables, int bytes) {}

    private record ListOfTexts(String variable, Entry entry) {
        static Optional<ListOfTexts> of(String variable, Section from, String... path) {
            Optional<Entry> entry = from.get(path[0]);
            for (int i = 1; i < path.length; i++) {
                String key = path[i];
                entry = entry.flatMap(Section::open).flatMap(section -> section.get(key));
            }
            return entry.map(found -> new ListOfTexts(variable, found));
        }
    }
}
