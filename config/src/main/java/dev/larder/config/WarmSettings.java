package dev.larder.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@link Warm} to and from {@link EnvironmentVariables#WARM}: {@code schedule=rate(1 hour); platforms=linux/amd64;
 * pins=docker-hub/library/nginx:1.27; top=200; minimumPulls=3; within=14d}.
 */
public final class WarmSettings {
    private static final Set<String> FIELDS =
            new LinkedHashSet<>(List.of("schedule", "platforms", "pins", "top", "minimumPulls", "within"));

    private WarmSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(Warm warm) {
        SettingsText text = new SettingsText()
                .with("schedule", warm.schedule())
                .with("platforms", warm.platforms())
                .with("pins", warm.pins())
                .with("top", warm.popular().top())
                .with("minimumPulls", warm.popular().minimumPulls())
                .with("within", Durations.write(warm.popular().within()));
        return Map.of(EnvironmentVariables.WARM, text.toString());
    }

    /**
     * What {@link #toEnvironment} was given.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static Warm fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.WARM);
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.WARM, text, FIELDS);
        Warm.Popular popular = new Warm.Popular(
                reader.required("top", Numbers.atLeast(0)),
                reader.required("minimumPulls", Numbers.atLeast(0)),
                reader.required("within", Durations::read));
        return new Warm(
                reader.required("schedule", schedule -> schedule),
                reader.list("platforms"),
                reader.list("pins"),
                popular);
    }
}
