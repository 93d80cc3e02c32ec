package dev.larder.events;

/**
 * A document of a kind that Larder knows does not keep to its form. The message names the JSON path, what was found and
 * what was expected. Whoever reads from a queue lets such a message go to the dead-letter queue.
 */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 120;

    private final String path;

    /**
     * Something at a path is not as expected.
     *
     * @param path for instance {@code $.detail.image-tag}
     * @param found what is there; shortened in the message
     * @param expected what would have been right
     */
    public MalformedEventException(String path, String found, String expected) {
        super("at " + path + ": found " + shorten(found) + "; expected " + expected);
        this.path = path;
    }

    /**
     * Something at a path could not be read at all.
     *
     * @param cause has the details
     */
    public MalformedEventException(String path, String found, String expected, Throwable cause) {
        super("at " + path + ": found " + shorten(found) + "; expected " + expected, cause);
        this.path = path;
    }

    /**
     * A text at a path was refused by the type that gives it its meaning.
     *
     * @param problem says what was found and what was expected
     */
    public MalformedEventException(String path, IllegalArgumentException problem) {
        super("at " + path + ": " + problem.getMessage(), problem);
        this.path = path;
    }

    /** Where in the document. */
    public String path() {
        return path;
    }

    private static String shorten(String found) {
        String line = found.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
