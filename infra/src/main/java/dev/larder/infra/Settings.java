package dev.larder.infra;

import dev.larder.config.EnvironmentVariables;
import java.util.HashMap;
import java.util.Map;

/** A function's environment while it is put together: every function has the table, the rest is what it needs. */
final class Settings {
    private final Map<String, String> environment = new HashMap<>();

    private Settings() {}

    static Settings of(RecordTable table) {
        return new Settings().with(EnvironmentVariables.TABLE, table.tableName());
    }

    Settings with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Settings with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    Map<String, String> toEnvironment() {
        return Map.copyOf(environment);
    }
}
