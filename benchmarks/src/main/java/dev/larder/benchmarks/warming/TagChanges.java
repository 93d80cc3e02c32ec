package dev.larder.benchmarks.warming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What happened to the tags of some repositories, in order of time: a file of lines with the columns time (ISO-8601, UTC),
 * repository, tag, kind (start, new, moved, removed), build (stands for what the tag points at) and platforms (joined by
 * commas), separated by tabs, the first line their names; plain or gzipped.
 *
 * @param changes the earliest first; never empty
 */
public record TagChanges(List<Change> changes) {
    private static final List<String> COLUMNS = List.of("time", "repository", "tag", "kind", "build", "platforms");

    /** What can happen to a tag. */
    public enum Kind {
        /** It was there when the record began. */
        START,
        /** It appeared. */
        NEW,
        /** It points at another build. */
        MOVED,
        /** The upstream does not build it any more; it stays as it is. */
        REMOVED
    }

    /**
     * One change.
     *
     * @param platforms of the build, 1 or more
     */
    public record Change(Instant time, String repository, String tag, Kind kind, String build, List<String> platforms) {
        /** Copies the list. */
        public Change {
            platforms = List.copyOf(platforms);
        }
    }

    /** Copies the list. */
    public TagChanges {
        changes = List.copyOf(changes);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when a line is not as it should be, with file, line, what was found and what to do
     */
    public static TagChanges read(Path file) throws IOException {
        List<Change> changes = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            String head = reader.readLine();
            if (head == null || !List.of(head.split("\t", -1)).equals(COLUMNS)) {
                throw new IllegalArgumentException(file + ": line 1 is '" + head + "'; expected the columns "
                        + String.join(", ", COLUMNS) + ", separated by tabs");
            }
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                changes.add(change(file, number, line));
            }
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException(file + " has no changes; expected at least one line after the first");
        }
        changes.sort(Comparator.comparing(Change::time));
        return new TagChanges(changes);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private static Change change(Path file, int number, String line) {
        String[] fields = line.split("\t", -1);
        try {
            if (fields.length != COLUMNS.size()) {
                throw new IllegalArgumentException(fields.length + " columns; expected " + COLUMNS.size());
            }
            Kind kind = Arrays.stream(Kind.values())
                    .filter(known ->
                            known.name().toLowerCase(java.util.Locale.ROOT).equals(fields[3]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the kind '" + fields[3] + "'; expected start, new, moved or removed"));
            List<String> platforms = fields[5].isEmpty() ? List.of("amd64") : List.of(fields[5].split(","));
            return new Change(Instant.parse(fields[0]), fields[1], fields[2], kind, fields[4], platforms);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(file + ": line " + number + ": " + e.getMessage(), e);
        }
    }
}
