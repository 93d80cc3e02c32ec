package dev.larder.local.ecr.state;

/** Keys of several parts, in the order of their first part, then their second. No name in ECR has a NUL. */
final class Keys {
    private static final char SEPARATOR = '\0';

    private Keys() {}

    static String of(String... parts) {
        return String.join(String.valueOf(SEPARATOR), parts);
    }

    /** What every key begins with that has these parts and more. */
    static String under(String... parts) {
        return parts.length == 0 ? "" : of(parts) + SEPARATOR;
    }

    static String last(String key) {
        return key.substring(key.lastIndexOf(SEPARATOR) + 1);
    }
}
