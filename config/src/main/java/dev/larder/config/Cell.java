package dev.larder.config;

/**
 * One account and region with its rules, functions and table.
 *
 * @param account 12 digits
 * @param region for instance {@code eu-central-1}
 */
public record Cell(String account, String region) {
    @Override
    public String toString() {
        return account + "/" + region;
    }
}
