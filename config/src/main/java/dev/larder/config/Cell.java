package dev.larder.config;

import java.util.regex.Pattern;

/**
 * One account and region with its rules, functions and table.
 *
 * @param account 12 digits
 * @param region for instance {@code eu-central-1}
 */
public record Cell(String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /** @throws IllegalArgumentException when the account has not 12 digits */
    public Cell {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("not an account: '" + account + "'; expected 12 digits");
        }
    }

    @Override
    public String toString() {
        return account + "/" + region;
    }
}
