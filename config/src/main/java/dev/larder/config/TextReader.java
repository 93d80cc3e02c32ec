package dev.larder.config;

/** Turns a text into what it means. */
@FunctionalInterface
interface TextReader<T> {
    /** @throws UnexpectedText saying what was expected */
    T read(String text);
}
