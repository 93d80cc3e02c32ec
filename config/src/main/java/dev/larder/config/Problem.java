package dev.larder.config;

import java.io.Serializable;

/**
 * One thing that is wrong in a configuration.
 *
 * @param path where in the configuration, for instance {@code upstreams.docker-hub.budget.per}; empty for the whole
 *     file
 * @param line in the file, from 1; 0 when the problem has no place in the text
 * @param column in that line, from 1; 0 when the problem has no place in the text
 * @param found what is there
 * @param expected what would be right
 */
public record Problem(String path, int line, int column, String found, String expected) implements Serializable {
    /** A problem of the file as a whole. */
    static Problem ofFile(String found, String expected) {
        return new Problem("", 0, 0, found, expected);
    }

    /** The line that a person reads: {@code larder.yaml:12:5 usage.halfLife: found "6x", expected a duration ...}. */
    public String describe(String fileName) {
        String place = line == 0 ? fileName : fileName + ":" + line + ":" + column;
        String subject = path.isEmpty() ? place : place + " " + path;
        return subject + ": found " + found + ", expected " + expected;
    }
}
