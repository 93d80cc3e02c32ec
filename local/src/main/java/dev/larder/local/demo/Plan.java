package dev.larder.local.demo;

import dev.larder.functions.lifecycle.RunLine;
import java.util.List;

/** A run's lines, as a person reads them. */
record Plan(List<RunLine> lines) {
    Plan {
        lines = List.copyOf(lines);
    }

    /** The tags in a repository that got the verdict, sorted. */
    List<String> tags(RunLine.Outcome outcome, String repository) {
        return lines.stream()
                .filter(line ->
                        line.outcome() == outcome && line.repository().value().equals(repository))
                .flatMap(line -> line.tags().stream())
                .map(tag -> tag.value())
                .sorted()
                .toList();
    }

    /** A line for each image that has a tag or would go. */
    List<String> told() {
        return lines.stream()
                .filter(line -> !line.tags().isEmpty() || line.outcome() != RunLine.Outcome.KEEP)
                .map(line -> String.format("%-5s %-46s %s", line.outcome().text(), name(line), line.reason()))
                .toList();
    }

    private static String name(RunLine line) {
        return line.tags().isEmpty()
                ? line.repository() + "@" + line.digest().hex().substring(0, 12)
                : line.repository() + ":" + line.tags().getFirst();
    }
}
