package dev.larder.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether a command prints for people, or for programs: one JSON object on each line, or a table of comma-separated values. */
final class Formats {
    /** At most one of the two. */
    static final class Wanted {
        @Option(names = "--json", description = "print JSON, one object on each line")
        private boolean json;

        @Option(names = "--csv", description = "print the images as comma-separated values, under a line of headings")
        private boolean csv;
    }

    @ArgGroup
    private Wanted wanted = new Wanted();

    boolean json() {
        return wanted.json;
    }

    boolean csv() {
        return wanted.csv;
    }

    /** Prints a JSON object on a line. */
    static void json(Map<String, Object> fields, PrintWriter out) {
        try {
            out.println(JSON.std.asString(fields));
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write JSON to memory", impossible);
        }
    }

    /** Prints the fields of a JSON object under these headings, in quotes where RFC 4180 wants them. */
    static void csv(List<String> headings, Map<String, Object> fields, PrintWriter out) {
        out.println(headings.stream()
                .map(heading -> cell(fields.getOrDefault(heading, "")))
                .collect(Collectors.joining(",")));
    }

    private static String cell(Object value) {
        String text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
                : String.valueOf(value);
        boolean quoted = Stream.of(",", "\"", "\n", "\r").anyMatch(text::contains);
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
