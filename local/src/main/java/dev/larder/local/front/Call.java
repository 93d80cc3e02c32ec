package dev.larder.local.front;

import dev.larder.local.aws.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP request of an AWS client. */
public final class Call {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Caller caller;

    /**
     * @param path as sent, still encoded, without the query
     * @param query the text after the question mark; empty when there is none
     * @param headers names in lower case
     */
    public Call(String method, String path, String query, Map<String, String> headers, byte[] body, Caller caller) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
        this.caller = caller;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The path as sent, still encoded, without the query. */
    public String path() {
        return path;
    }

    /** The text after the question mark; empty when there is none. */
    public String query() {
        return query;
    }

    /** The headers, names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body. */
    public byte[] body() {
        return body.clone();
    }

    /** Who calls. */
    public Caller caller() {
        return caller;
    }

    /** A header, by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** What comes after the dot in {@code X-Amz-Target}, or the parameter {@code Action}; empty without both. */
    public String action() {
        return header("x-amz-target")
                .map(target -> target.substring(target.lastIndexOf('.') + 1))
                .orElseGet(() -> parameters().getOrDefault("Action", ""));
    }

    /** The parameters of the query and of a form body, decoded; the last of a name wins. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean form = header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        Arrays.stream((query + (form ? "&" + text() : "")).split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    parameters.put(Reply.decode(name), equals < 0 ? "" : Reply.decode(pair.substring(equals + 1)));
                });
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public String toString() {
        return method + " " + path + " by " + caller.arn();
    }
}
