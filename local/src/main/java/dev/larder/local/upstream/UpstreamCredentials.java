package dev.larder.local.upstream;

/**
 * What a cache rule's secret holds ({@code {"username":...,"accessToken":...}}, ecr-facts 1.3).
 *
 * @param username the upstream's user
 * @param accessToken the password or access token; never printed
 */
public record UpstreamCredentials(String username, String accessToken) {
    @Override
    public String toString() {
        return "UpstreamCredentials[username=" + username + ", accessToken=***]";
    }
}
