package dev.larder.config;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Larder's name in an account. It begins the names of stacks ({@code [a-zA-Z][-a-zA-Z0-9]*}, at most 128 characters:
 * {@code CreateStack} in CloudFormation's API) and of roles ({@code <name>-<region>-<function>}, at most 64 characters:
 * {@code CreateRole} in IAM's API), hence lower-case and short.
 */
final class StackNames {
    static final String EXPECTED =
            "a name of at most 32 characters: lower-case letters, digits and single dashes, a letter in front";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST = 32;

    /** The longest name of a function in a stack; {@code CacheEventHandler} is as long. */
    private static final String FUNCTION = "LifecycleEnforcer";

    private StackNames() {}

    static String read(String text) {
        if (text.length() > LONGEST || !NAME.matcher(text).matches()) {
            throw new UnexpectedText(EXPECTED);
        }
        return text;
    }

    /** Adds a problem when a role's name would be too long in the cell with the longest region. */
    static void checkRoles(String name, List<Cell> cells, Entry entry) {
        cells.stream()
                .map(Cell::region)
                .max(Comparator.comparingInt(String::length))
                .ifPresent(region -> {
                    String rest = "-" + region + "-" + FUNCTION;
                    int most = AwsLimits.ROLE_NAME - rest.length();
                    if (name.length() > most) {
                        entry.expected("at most " + most + " characters in " + region + ": roles are named <name>"
                                + rest + ", and IAM allows " + AwsLimits.ROLE_NAME + " characters");
                    }
                });
    }
}
