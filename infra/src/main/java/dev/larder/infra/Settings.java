package dev.larder.infra;

import dev.larder.config.EnvironmentVariables;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A function's environment while it is put together: every function has the table, the rest is what it needs. */
final class Settings {
    private final Map<String, String> environment = new HashMap<>();

    private Settings() {}

    static Settings of(RecordTable table) {
        return new Settings().with(EnvironmentVariables.TABLE, table.tableName());
    }

    /** A short text that stands for the variables: another one when any of them is. */
    static String hash(Map<String, String> variables) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(new TreeMap<>(variables).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
