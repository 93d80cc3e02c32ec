package dev.larder.local.front;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The credential of a Signature Version 4 signature; the signature itself is not looked at.
 *
 * @param service the service in its scope; empty when the request is not signed
 */
record Credential(String accessKeyId, String service) {
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[0-9]{8}/[^/]*/([a-z0-9-]+)/aws4_request");
    private static final Credential NONE = new Credential("anonymous", "");

    static Credential of(Map<String, String> headers, String query) {
        Matcher matcher = SCOPE.matcher(headers.getOrDefault("authorization", "") + " "
                + Reply.decode(query.replace("%", "%25")).replace("%2F", "/"));
        return matcher.find() ? new Credential(matcher.group(1), matcher.group(2)) : NONE;
    }
}
