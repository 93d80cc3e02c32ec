package dev.larder.benchmarks.warming;

import dev.larder.benchmarks.warming.TagChanges.Change;
import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.io.BufferedInputStream;
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
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file of tag changes: lines with the columns time (ISO-8601), repository, tag, kind (start, new, moved, removed), build
 * and platforms (joined by commas; none stands for amd64), separated by tabs, in any order, the first line their names;
 * plain or gzipped.
 */
final class TagChangesFile {
    private static final List<String> COLUMNS = List.of("time", "repository", "tag", "kind", "build", "platforms");

    /** What {@link Pulls} can hold. */
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Path file;
    private final List<Change> changes = new ArrayList<>();
    private int leftOut;

    private TagChangesFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it is not as it should be: with file, line, what was found and what to do
     */
    static TagChanges read(Path file) throws IOException {
        return new TagChangesFile(file).read();
    }

    private TagChanges read() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
            String head = reader.readLine();
            if (head == null || !List.of(withoutMark(head).split("\t", -1)).equals(COLUMNS)) {
                throw new IllegalArgumentException(file + ": line 1 is " + (head == null ? "missing" : "'" + head + "'")
                        + "; expected the columns " + String.join(", ", COLUMNS) + ", separated by tabs");
            }
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    take(number, line);
                }
            }
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException(file + " has no changes of tags"
                    + (leftOut == 0
                            ? ""
                            : ": " + leftOut + " lines have a repository or a tag that no registry can have")
                    + "; expected at least one line after the first");
        }
        return new TagChanges(changes, leftOut);
    }

    /** Gzipped or not, by its first two bytes, whatever its name. */
    private InputStream open() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        boolean gzipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return gzipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    /** Some programs begin a file with a byte order mark. */
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private void take(int number, String line) {
        String[] fields = line.split("\t", -1);
        try {
            if (fields.length != COLUMNS.size()) {
                throw new IllegalArgumentException(
                        fields.length + " columns; expected " + COLUMNS.size() + ", separated by tabs");
            }
            Instant time = time(fields[0]);
            Kind kind = kind(fields[3]);
            if (World.image(fields[1], fields[2]).isEmpty()) {
                leftOut++;
                return;
            }
            changes.add(new Change(time, fields[1], fields[2], kind, build(fields[4]), platforms(fields[5])));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": line " + number + ": " + e.getMessage(), e);
        }
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the time '" + text + "'; expected one such as 2024-09-03T18:14:07Z", e);
        }
        throw new IllegalArgumentException(
                "the time '" + text + "'; expected one from " + EARLIEST + " on and before " + LATEST);
    }

    private static Kind kind(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the kind '" + text + "'; expected start, new, moved or removed"));
    }

    private static String build(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("no build; expected what stands for the image that the tag points at");
        }
        return text;
    }

    private static List<String> platforms(String text) {
        List<String> platforms = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(platform -> !platform.isEmpty())
                .distinct()
                .toList();
        return platforms.isEmpty() ? List.of("amd64") : platforms;
    }
}
