package dev.larder.infra;

import dev.larder.config.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the app is run on. Each comes from the CDK context, else from the environment, else has a default at the root of
 * Larder's folder. A relative path is looked for in the working folder, then at the root, since the CDK toolkit runs
 * the app in {@code infra}.
 *
 * @param config {@code -c config=FILE} or {@code LARDER_CONFIG}
 * @param zip {@code -c zip=FILE} or {@code LARDER_FUNCTIONS_ZIP}
 * @param target {@code LARDER_TARGET}: {@code account} or {@code local}
 */
record Inputs(Path config, Path zip, Target target) {
    static Inputs of(Function<String, @Nullable Object> context, Map<String, String> environment) {
        Path config = path(context, "config", environment, "LARDER_CONFIG", "larder.yaml");
        Path zip = path(context, "zip", environment, "LARDER_FUNCTIONS_ZIP", "functions/target/larder-functions.zip");
        if (!Files.isRegularFile(zip)) {
            throw new UnusableInputException("could not find the functions' zip " + zip
                    + ": build it with ./mvnw -DskipTests package, or name it in LARDER_FUNCTIONS_ZIP");
        }
        return new Inputs(config, zip, target(environment.getOrDefault("LARDER_TARGET", "account")));
    }

    /** The folder after {@code --output}; empty when it is not among the arguments. */
    static Optional<String> output(String... arguments) {
        if (arguments.length == 0) {
            return Optional.empty();
        }
        if (arguments.length == 2 && arguments[0].equals("--output")) {
            return Optional.of(arguments[1]);
        }
        throw new UnusableInputException(
                "could not read the arguments '" + String.join(" ", arguments) + "': expected none, or --output DIR");
    }

    private static Path path(
            Function<String, @Nullable Object> context,
            String key,
            Map<String, String> environment,
            String variable,
            String standard) {
        String name = Optional.ofNullable(context.apply(key))
                .map(Object::toString)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .orElse(standard);
        Path here = Path.of(name);
        Path atRoot = Path.of("..").resolve(name);
        return !Files.exists(here) && Files.exists(atRoot) ? atRoot : here;
    }

    private static Target target(String name) {
        return switch (name) {
            case "account" -> Target.ACCOUNT;
            case "local" -> Target.LOCAL;
            default ->
                throw new UnusableInputException(
                        "could not use LARDER_TARGET '" + name + "': expected account or local");
        };
    }
}
