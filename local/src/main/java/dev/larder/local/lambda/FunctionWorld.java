package dev.larder.local.lambda;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function sees in place of the process's environment, clock and console. Each function's class loader defines
 * this class once more for itself, so it uses nothing but the JDK; {@link CallRewriter} leads the function's calls here.
 */
@SuppressWarnings("NonFinalStaticField") // the class exists once for each execution environment
public final class FunctionWorld {
    /** What {@code System.out} and {@code System.err} are to the function. */
    public static volatile PrintStream console = new PrintStream(PrintStream.nullOutputStream(), true);

    private static volatile Map<String, String> environment = Map.of();
    private static volatile InstantSource clock = InstantSource.system();

    private FunctionWorld() {}

    /** Sets the world before any class of the function runs. */
    public static void enter(Map<String, String> environment, InstantSource clock, PrintStream console) {
        FunctionWorld.environment = Map.copyOf(environment);
        FunctionWorld.clock = clock;
        FunctionWorld.console = console;
    }

    /** In place of {@link System#getenv()}. */
    public static Map<String, String> getenv() {
        return environment;
    }

    /** In place of {@link System#getenv(String)}. */
    public static @Nullable String getenv(String name) {
        return environment.get(name);
    }

    /** In place of {@link System#currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return clock.millis();
    }

    /** In place of {@link Instant#now()}. */
    public static Instant now() {
        return clock.instant();
    }

    /** In place of {@link Clock#systemUTC()}. */
    public static Clock systemUTC() {
        return clock.withZone(ZoneOffset.UTC);
    }

    /** In place of {@link InstantSource#system()}. */
    public static InstantSource system() {
        return clock;
    }
}
