package dev.larder.functions.registry;

/**
 * What an upstream's secret holds.
 *
 * @param username the upstream's user
 * @param accessToken the password or access token; never printed
 */
public record Login(String username, String accessToken) {
    @Override
    public String toString() {
        return "Login[username=" + username + ", accessToken=***]";
    }
}
