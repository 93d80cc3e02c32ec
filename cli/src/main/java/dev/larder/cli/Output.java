package dev.larder.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints rows: for people, or one JSON object on each line for programs. */
final class Output {
    @Option(names = "--json", description = "print JSON, one object on each line")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * Prints rows.
     *
     * @param people prints them all for people
     * @param fields what the JSON object of a row holds
     */
    <T> void print(List<T> rows, BiConsumer<List<T>, PrintWriter> people, Function<T, Map<String, Object>> fields)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (T row : rows) {
                out.println(JSON.std.asString(fields.apply(row)));
            }
        } else {
            people.accept(rows, out);
        }
        out.flush();
    }
}
