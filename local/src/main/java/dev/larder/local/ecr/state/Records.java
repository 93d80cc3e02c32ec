package dev.larder.local.ecr.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.larder.events.image.Digest;
import java.io.IOException;

/** Records as JSON text, the form in which {@link Metadata} keeps them. */
final class Records {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Digest.class, new DigestWriter())
                    .addDeserializer(Digest.class, new DigestReader()))
            .build();

    private Records() {}

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("could not write " + value, e);
        }
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "could not read a " + type.getSimpleName() + " of the registry's records: " + text, e);
        }
    }

    private static final class DigestWriter extends JsonSerializer<Digest> {
        @Override
        public void serialize(Digest digest, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeString(digest.value());
        }
    }

    private static final class DigestReader extends JsonDeserializer<Digest> {
        @Override
        public Digest deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return new Digest(from.getText());
        }
    }
}
