package dev.larder.local.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Tells the story: a line for each step, what was seen below it, and the figures at the end. */
final class Teller {
    private final PrintStream out;
    private int step;

    Teller(PrintStream out) {
        this.out = out;
    }

    void step(String what) {
        step++;
        out.printf("%n%2d. %s%n", step, what);
    }

    void saw(String what) {
        out.println("    " + what);
    }

    void saw(List<String> lines) {
        lines.forEach(this::saw);
    }

    void figures(Map<String, Object> figures) {
        out.println();
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        figures.forEach((name, value) -> out.println("    " + name + " ".repeat(width - name.length()) + "  " + value));
        out.println();
    }
}
