package dev.larder.config;

import java.util.Map;
import java.util.Set;

/**
 * {@link Usage} to and from {@link EnvironmentVariables#USAGE}: {@code halfLife=7d; exclude=arn:...,arn:...}. Teams are not
 * in it: no function reads them, and an environment has little room.
 */
public final class UsageSettings {
    private UsageSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(Usage usage) {
        SettingsText text = new SettingsText()
                .with("halfLife", Durations.write(usage.halfLife()))
                .with("exclude", usage.exclude());
        return Map.of(EnvironmentVariables.USAGE, text.toString());
    }

    /**
     * What {@link #toEnvironment} was given, without teams.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static Usage fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.USAGE);
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.USAGE, text, Set.of("halfLife", "exclude"));
        return new Usage(reader.required("halfLife", Durations::read), reader.list("exclude"));
    }
}
