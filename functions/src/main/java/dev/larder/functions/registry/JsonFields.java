package dev.larder.functions.registry;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Small JSON objects of others. */
final class JsonFields {
    private JsonFields() {}

    /**
     * The fields of an object; none of {@code null}, which is JSON as well.
     *
     * @throws IOException when it is no JSON
     * @throws IllegalArgumentException when it is no object
     */
    static Map<String, Object> read(byte[] json) throws IOException {
        return Optional.ofNullable(JSON.std.mapFrom(json)).orElse(Map.of());
    }
}
