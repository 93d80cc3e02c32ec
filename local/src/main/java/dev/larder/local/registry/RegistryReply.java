package dev.larder.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, sent without its body when the request was a HEAD.
 *
 * @param headers beside the length
 * @param length bytes of the body
 */
record RegistryReply(int status, Map<String, String> headers, long length, Body body) {
    /** Copies the headers. */
    RegistryReply {
        headers = Map.copyOf(headers);
    }

    /** Writes exactly as many bytes as promised. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static RegistryReply bytes(int status, Map<String, String> headers, byte[] bytes) {
        return new RegistryReply(status, headers, bytes.length, out -> out.write(bytes));
    }

    static RegistryReply json(JsonNode body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        all.putAll(headers);
        return bytes(200, all, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static RegistryReply error(RegistryException e) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        if (e.status() == 401) {
            headers.put("WWW-Authenticate", "Basic realm=\"larder\",service=\"ecr.amazonaws.com\"");
        }
        return bytes(e.status(), headers, e.json());
    }
}
