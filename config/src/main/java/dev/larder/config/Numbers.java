package dev.larder.config;

/** Whole numbers and switches as text. */
final class Numbers {
    private Numbers() {}

    static TextReader<Integer> between(int minimum, int maximum) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (minimum <= number && number <= maximum) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // the same problem as a number out of bounds
            }
            throw new UnexpectedText("a whole number from " + minimum + " to " + maximum);
        };
    }

    static TextReader<Integer> atLeast(int minimum) {
        return between(minimum, Integer.MAX_VALUE);
    }

    static boolean readFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnexpectedText("true or false");
        };
    }
}
