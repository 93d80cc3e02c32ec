package dev.larder.local.world;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What guests, functions above all, see in place of the process's environment, clock and console. Each {@link
 * WorldClassLoader} defines this class once more for itself, so it uses nothing but the JDK; {@link CallRewriter} leads
 * the guests' calls here.
 */
@SuppressWarnings("NonFinalStaticField") // the class exists once for each class loader
public final class World {
    /** What {@code System.out} and {@code System.err} are to a guest. */
    public static volatile PrintStream console = new PrintStream(PrintStream.nullOutputStream(), true);

    private static volatile Map<String, String> environment = Map.of();
    private static volatile InstantSource clock = InstantSource.system();

    private World() {}

    /** Sets the world before any class of a guest runs. */
    public static void enter(Map<String, String> environment, InstantSource clock, PrintStream console) {
        World.environment = Map.copyOf(environment);
        World.clock = clock;
        World.console = console;
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

    /** In place of {@link OffsetDateTime#now()}. */
    public static OffsetDateTime offsetDateTime() {
        return clock.instant().atOffset(ZoneOffset.UTC);
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
