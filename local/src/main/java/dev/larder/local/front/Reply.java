package dev.larder.local.front;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.AwsException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP answer. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** An answer of bytes. */
    public Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body. */
    public byte[] body() {
        return body.clone();
    }

    /** An answer with a JSON body. */
    public static Reply json(int status, String contentType, JsonNode body) {
        return new Reply(
                status, Map.of("Content-Type", contentType), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of a REST service. */
    public static Reply rest(int status, JsonNode body) {
        return json(status, "application/json", body);
    }

    /** An error as REST services with JSON send it: the code is in a header. */
    public static Reply restError(AwsException e) {
        Reply plain = rest(e.status(), Json.object().put("message", e.message()).put("Message", e.message()));
        return new Reply(
                plain.status(), Map.of("Content-Type", "application/json", "x-amzn-ErrorType", e.code()), plain.body());
    }

    /** An answer of a query service. */
    public static Reply xml(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/xml"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as query services send it. */
    public static Reply xmlError(AwsException e) {
        return xml(
                e.status(),
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + escape(e.code()) + "</Code><Message>"
                        + escape(e.message()) + "</Message></Error><RequestId>" + Json.requestId()
                        + "</RequestId></ErrorResponse>");
    }

    /** Text inside an XML element. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Percent-encoded text, decoded. */
    public static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
