package dev.larder.config;

/** Whole numbers from 0 as text. */
final class Numbers {
    private Numbers() {}

    static int read(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same problem as a negative number
        }
        throw new UnexpectedText("a whole number from 0 to " + Integer.MAX_VALUE);
    }

    static boolean readFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnexpectedText("true or false");
        };
    }
}
