package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link Lifecycle} to and from {@link EnvironmentVariables#LIFECYCLE}. Behind what holds everywhere, after a {@code |} each,
 * follow the rules and the quotas:
 *
 * <pre>{@code
 * enforce=false; schedule=rate(1 day); notPulledFor=30d; superseded=7d; failedImports=7d; keepNewest=2; protect=**:prod-*;
 * images=1000; bytes=1TB; repositoryPercent=50; cellPercent=10 | rule=docker-hub/library/**; notPulledFor=14d |
 * quota=docker-hub/**; bytes=500GB; notPulledFor=2d
 * }</pre>
 *
 * <p>What is at its default is left out to stay within Lambda's 4 KB: times that are notPulledFor, goneUpstream that keeps.
 */
public final class LifecycleSettings {
    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of(
            "enforce",
            "schedule",
            "notPulledFor",
            "superseded",
            "failedImports",
            "keepNewest",
            "protect",
            "goneUpstream",
            "images",
            "bytes",
            "repositoryPercent",
            "cellPercent"));
    private static final Set<String> RULE_FIELDS = new LinkedHashSet<>(
            List.of("rule", "notPulledFor", "superseded", "failedImports", "keepNewest", "goneUpstream", "protect"));
    private static final Set<String> QUOTA_FIELDS = new LinkedHashSet<>(List.of("quota", "bytes", "notPulledFor"));

    private LifecycleSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(Lifecycle lifecycle) {
        String text = Stream.of(
                        Stream.of(settings(lifecycle)),
                        lifecycle.rules().stream().map(LifecycleSettings::write),
                        lifecycle.quotas().stream().map(LifecycleSettings::write))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" | "));
        return Map.of(EnvironmentVariables.LIFECYCLE, text);
    }

    private static String settings(Lifecycle lifecycle) {
        Lifecycle.Evict evict = lifecycle.evict();
        SettingsText text = new SettingsText()
                .with("enforce", lifecycle.enforce())
                .with("schedule", lifecycle.schedule())
                .with("notPulledFor", Durations.write(evict.notPulledFor()));
        if (!evict.superseded().equals(evict.notPulledFor())) {
            text.with("superseded", Durations.write(evict.superseded()));
        }
        if (!evict.failedImports().equals(evict.notPulledFor())) {
            text.with("failedImports", Durations.write(evict.failedImports()));
        }
        text.with("keepNewest", evict.keepNewest()).with("protect", evict.protect());
        if (evict.evictGone()) {
            text.with("goneUpstream", GoneWords.write(true));
        }
        return text.with("images", evict.limits().images())
                .with("bytes", ByteSizes.write(evict.limits().bytes()))
                .with("repositoryPercent", evict.limits().repositoryPercent())
                .with("cellPercent", evict.limits().cellPercent())
                .toString();
    }

    private static String write(Lifecycle.Rule rule) {
        SettingsText text = new SettingsText().with("rule", rule.match());
        rule.notPulledFor().ifPresent(time -> text.with("notPulledFor", Durations.write(time)));
        rule.superseded().ifPresent(time -> text.with("superseded", Durations.write(time)));
        rule.failedImports().ifPresent(time -> text.with("failedImports", Durations.write(time)));
        rule.keepNewest().ifPresent(newest -> text.with("keepNewest", newest));
        rule.evictGone().ifPresent(gone -> text.with("goneUpstream", GoneWords.write(gone)));
        if (!rule.protect().isEmpty()) {
            text.with("protect", rule.protect());
        }
        return text.toString();
    }

    private static String write(Lifecycle.Quota quota) {
        return new SettingsText()
                .with("quota", quota.match())
                .with("bytes", ByteSizes.write(quota.bytes()))
                .with("notPulledFor", Durations.write(quota.notPulledFor()))
                .toString();
    }

    /**
     * What {@link #toEnvironment} was given.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static Lifecycle fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.LIFECYCLE);
        List<String> parts = List.of(text.split(" \\| ", -1));
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.LIFECYCLE, parts.getFirst(), FIELDS);
        List<Lifecycle.Rule> rules = new ArrayList<>();
        List<Lifecycle.Quota> quotas = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            if (part.startsWith("quota=")) {
                quotas.add(quota(part));
            } else {
                rules.add(rule(part));
            }
        }
        return new Lifecycle(
                reader.required("enforce", Numbers::readFlag),
                reader.required("schedule", schedule -> schedule),
                evict(reader),
                rules,
                quotas);
    }

    private static Lifecycle.Evict evict(SettingsReader reader) {
        var notPulledFor = reader.required("notPulledFor", Durations::read);
        return new Lifecycle.Evict(
                notPulledFor,
                reader.optional("superseded", Durations::read).orElse(notPulledFor),
                reader.optional("failedImports", Durations::read).orElse(notPulledFor),
                reader.required("keepNewest", Numbers.atLeast(0)),
                reader.list("protect"),
                reader.optional("goneUpstream", GoneWords::read).orElse(false),
                new Lifecycle.Limits(
                        reader.required("images", Numbers.atLeast(1)),
                        reader.required("bytes", ByteSizes::read),
                        reader.required("repositoryPercent", Numbers.between(1, 100)),
                        reader.required("cellPercent", Numbers.between(1, 100))));
    }

    private static Lifecycle.Rule rule(String part) {
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.LIFECYCLE, part, RULE_FIELDS);
        Optional<Integer> keepNewest = reader.optional("keepNewest", Numbers.atLeast(0));
        return new Lifecycle.Rule(
                reader.required("rule", match -> match),
                reader.optional("notPulledFor", Durations::read),
                reader.optional("superseded", Durations::read),
                reader.optional("failedImports", Durations::read),
                keepNewest.map(OptionalInt::of).orElse(OptionalInt.empty()),
                reader.optional("goneUpstream", GoneWords::read),
                reader.list("protect"));
    }

    private static Lifecycle.Quota quota(String part) {
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.LIFECYCLE, part, QUOTA_FIELDS);
        return new Lifecycle.Quota(
                reader.required("quota", match -> match),
                reader.required("bytes", ByteSizes::read),
                reader.required("notPulledFor", Durations::read));
    }
}
