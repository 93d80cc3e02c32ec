package dev.larder.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@link Lifecycle} to and from {@link EnvironmentVariables#LIFECYCLE}: {@code enforce=false; schedule=rate(1 day);
 * notPulledFor=30d; keepNewest=2; protect=**:prod-*; images=1000; bytes=1TB; repositoryPercent=50}.
 */
public final class LifecycleSettings {
    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of(
            "enforce", "schedule", "notPulledFor", "keepNewest", "protect", "images", "bytes", "repositoryPercent"));

    private LifecycleSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(Lifecycle lifecycle) {
        Lifecycle.Evict evict = lifecycle.evict();
        SettingsText text = new SettingsText()
                .with("enforce", lifecycle.enforce())
                .with("schedule", lifecycle.schedule())
                .with("notPulledFor", Durations.write(evict.notPulledFor()))
                .with("keepNewest", evict.keepNewest())
                .with("protect", evict.protect())
                .with("images", evict.limits().images())
                .with("bytes", ByteSizes.write(evict.limits().bytes()))
                .with("repositoryPercent", evict.limits().repositoryPercent());
        return Map.of(EnvironmentVariables.LIFECYCLE, text.toString());
    }

    /**
     * What {@link #toEnvironment} was given.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static Lifecycle fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.LIFECYCLE);
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.LIFECYCLE, text, FIELDS);
        Lifecycle.Limits limits = new Lifecycle.Limits(
                reader.required("images", Numbers.atLeast(1)),
                reader.required("bytes", ByteSizes::read),
                reader.required("repositoryPercent", Numbers.between(1, 100)));
        Lifecycle.Evict evict = new Lifecycle.Evict(
                reader.required("notPulledFor", Durations::read),
                reader.required("keepNewest", Numbers.atLeast(0)),
                reader.list("protect"),
                limits);
        return new Lifecycle(
                reader.required("enforce", Numbers::readFlag),
                reader.required("schedule", schedule -> schedule),
                evict);
    }
}
