package dev.larder.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** The log of one function: lines with the cloud's time in a file, and to whoever listens. */
final class FunctionLog {
    private final String function;
    private final Path file;
    private final InstantSource clock;
    private final BiConsumer<String, String> listener;

    /** @param listener takes the function's name and the line */
    FunctionLog(String function, Path file, InstantSource clock, BiConsumer<String, String> listener) {
        this.function = function;
        this.file = file;
        this.clock = clock;
        this.listener = listener;
    }

    synchronized void line(String text) {
        String line = text.stripTrailing();
        try {
            Files.writeString(
                    file,
                    clock.instant() + " " + line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + function + " cannot be written to " + file, e);
        }
        listener.accept(function, line);
    }
}
