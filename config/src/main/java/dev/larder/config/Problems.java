package dev.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Gathers problems while a file is read, so that one run shows them all. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    void add(String path, Optional<Mark> place, String found, String expected) {
        int line = place.map(mark -> mark.getLine() + 1).orElse(0);
        int column = place.map(mark -> mark.getColumn() + 1).orElse(0);
        problems.add(new Problem(path, line, column, found, expected));
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
