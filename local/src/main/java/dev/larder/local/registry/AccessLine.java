package dev.larder.local.registry;

/**
 * One request to the registry endpoint and how it was answered.
 *
 * @param path decoded, with the query
 * @param status of HTTP
 * @param caller the caller's ARN, or {@code -} when the login was refused
 */
public record AccessLine(String method, String path, int status, String caller) {
    @Override
    public String toString() {
        return caller + " \"" + method + " " + path + "\" " + status;
    }
}
