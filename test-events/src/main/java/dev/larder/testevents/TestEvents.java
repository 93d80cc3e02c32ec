package dev.larder.testevents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payloads of {@code test-events}, by name: {@code ecr/image-action-push.json}. Which there are, where each is from
 * and what it parses to stands in the table of {@code README.md}, which is read here and nowhere repeated.
 */
public final class TestEvents {
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+\\.json)` \\| (.*) \\| (.*) \\|$");

    private TestEvents() {}

    /**
     * A line of the table.
     *
     * @param name folder and file
     * @param outcome what the file parses to, in one line
     * @param source where it is from
     */
    public record Row(String name, String outcome, String source) {}

    /** The whole table, in its order. */
    public static List<Row> table() {
        return text("README.md")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2).replace("`", ""), row.group(3)))
                .toList();
    }

    /** The names of all files. */
    public static List<String> names() {
        return table().stream().map(Row::name).toList();
    }

    /**
     * The text of a file, as it is.
     *
     * @throws IllegalArgumentException when there is no such file
     */
    public static String json(String name) {
        return text(name);
    }

    private static String text(String name) {
        try (InputStream stream = TestEvents.class.getResourceAsStream("/test-events/" + name)) {
            if (stream == null) {
                throw new IllegalArgumentException(
                        "no test event '" + name + "'; test-events/README.md lists them all");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("could not read test event " + name, unreadable);
        }
    }
}
