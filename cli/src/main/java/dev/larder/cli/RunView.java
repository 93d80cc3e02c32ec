package dev.larder.cli;

import dev.larder.domain.image.Glob;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.Runs;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows what a run did. */
final class RunView {
    private static final List<String> HEADINGS = List.of("verdict", "image", "tags", "bytes", "reason", "evidence");

    private RunView() {}

    /**
     * The run of an id.
     *
     * @throws IllegalStateException when there is none
     */
    static Run find(Runs runs, String id) {
        return runs.all()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no run " + id + "; ./larder runs lists them"));
    }

    /** {@code enforced, a tenth}. */
    static String mode(Run run) {
        return !run.enforce() ? "dry run" : run.reduced() ? "enforced, a tenth" : "enforced";
    }

    /** {@code evicted 3, pulled 12}. */
    static String counts(Run run) {
        return new TreeMap<>(run.counts())
                .entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** The JSON object of a run. */
    static Map<String, Object> fields(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", run.id());
        fields.put("startedAt", run.startedAt().toString());
        fields.put("phase", run.phase().text());
        fields.put("enforce", run.enforce());
        fields.put("reduced", run.reduced());
        fields.put("counts", new TreeMap<>(run.counts()));
        fields.put("bytes", run.bytes());
        run.stopped().ifPresent(reason -> fields.put("stopped", reason));
        return fields;
    }

    /**
     * Prints what the run of an id did with the images of these repositories.
     *
     * @param repository all of them when absent
     * @throws IllegalStateException when there is none
     */
    static void print(OperatedCell operated, String id, Optional<Glob> repository, Formats formats, PrintWriter out) {
        Run chosen = find(operated.runs(), id);
        print(
                chosen,
                operated.runs()
                        .lines(chosen.id())
                        .filter(line -> repository
                                .filter(wanted ->
                                        !wanted.matches(line.repository().value()))
                                .isEmpty())
                        .toList(),
                formats,
                operated.now(),
                out);
    }

    /** Prints a run's lines as they are wanted. */
    private static void print(Run run, List<RunLine> lines, Formats formats, Instant now, PrintWriter out) {
        if (formats.json()) {
            lines.forEach(line -> Formats.json(fields(line), out));
        } else if (formats.csv()) {
            out.println(String.join(",", HEADINGS));
            lines.forEach(line -> Formats.csv(HEADINGS, fields(line), out));
        } else {
            print(run, lines, now, out);
        }
    }

    private static void print(Run run, List<RunLine> lines, Instant now, PrintWriter out) {
        out.println("run " + run.id() + ", " + Ages.of(Optional.of(run.startedAt()), now) + ", " + mode(run)
                + (run.enforce() ? "" : ": nothing is deleted until lifecycle.enforce is true")
                + (run.phase() == Run.Phase.DONE
                        ? ""
                        : "; it is still " + run.phase().text()));
        for (RunLine.Outcome outcome : RunLine.Outcome.values()) {
            List<RunLine> those =
                    lines.stream().filter(line -> line.outcome() == outcome).toList();
            if (!those.isEmpty()) {
                out.println();
                out.println(outcome.text() + ": " + those.size() + (those.size() == 1 ? " image, " : " images, ")
                        + those.stream()
                                .mapToLong(line -> line.sizeBytes().orElse(0))
                                .sum() + " bytes");
                out.print(table(those));
            }
        }
        if (!run.counts().isEmpty()) {
            out.println();
            out.println("in all: " + counts(run));
        }
        run.stopped().ifPresent(reason -> out.println("\nstopped early: " + reason));
    }

    private static TextTable table(List<RunLine> lines) {
        TextTable table = new TextTable("IMAGE", "TAGS", "BYTES", "REASON", "EVIDENCE");
        for (RunLine line : lines) {
            table.row(
                    line.repository() + "@" + line.digest().hex().substring(0, 12),
                    line.tags().stream().map(Object::toString).collect(Collectors.joining(" ")),
                    line.sizeBytes().isPresent()
                            ? String.valueOf(line.sizeBytes().getAsLong())
                            : "?",
                    line.reason(),
                    String.join("; ", line.evidence()));
        }
        return table;
    }

    static Map<String, Object> fields(RunLine line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", line.image());
        fields.put("tags", line.tags().stream().map(Object::toString).toList());
        line.sizeBytes().ifPresent(bytes -> fields.put("bytes", bytes));
        fields.put("verdict", line.outcome().text());
        fields.put("reason", line.reason());
        fields.put("evidence", line.evidence());
        return fields;
    }
}
