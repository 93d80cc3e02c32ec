package dev.larder.local.ecr.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The opaque {@code nextToken}: where to go on, bound to the action and repository that it was given out for. */
final class NextToken {
    private static final char SEPARATOR = '\n';

    private NextToken() {}

    static String write(Request request, String after) {
        byte[] bytes = (scope(request) + after).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String read(Request request, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(scope(request))) {
                return text.substring(scope(request).length());
            }
        } catch (IllegalArgumentException e) {
            // not Base64: not ours either
        }
        throw Errors.invalid("nextToken", "must be the nextToken of an earlier " + request.action() + " of the same");
    }

    private static String scope(Request request) {
        return request.action() + SEPARATOR + request.repositoryName() + SEPARATOR;
    }
}
