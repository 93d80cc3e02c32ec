package dev.larder.local.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/** The cloud's time: the machine's, plus how far somebody moved it. It never goes back, also not over a restart. */
public final class MovableClock implements InstantSource {
    private final InstantSource machine;
    private final Path file;
    private Duration ahead;

    private MovableClock(InstantSource machine, Path file, Duration ahead) {
        this.machine = machine;
        this.file = file;
        this.ahead = ahead;
    }

    /**
     * Opens the clock of a data folder.
     *
     * @param file holds how far the clock is ahead of the machine's, as an ISO duration; may not exist yet
     * @throws IOException when the file cannot be read, or holds something else
     */
    public static MovableClock open(Path file, InstantSource machine) throws IOException {
        if (!Files.exists(file)) {
            return new MovableClock(machine, file, Duration.ZERO);
        }
        String text = Files.readString(file).strip();
        try {
            return new MovableClock(machine, file, Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw new IOException(
                    file + " holds '" + text + "'; expected an ISO duration such as PT25H. Remove the file to reset the"
                            + " clock.",
                    e);
        }
    }

    @Override
    public synchronized Instant instant() {
        return machine.instant().plus(ahead);
    }

    /** How far this clock is ahead of the machine's. */
    public synchronized Duration ahead() {
        return ahead;
    }

    /** Moves to a later time; does nothing when that time has passed. */
    synchronized void moveTo(Instant time) throws IOException {
        Duration distance = Duration.between(machine.instant(), time);
        if (distance.compareTo(ahead) > 0) {
            ahead = distance;
            Files.writeString(file, ahead.toString());
        }
    }
}
