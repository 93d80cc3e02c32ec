package dev.larder.local.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/** What a small service knows, as one JSON object in one file that is replaced as a whole. */
public final class JsonFile {
    private final Path file;
    private ObjectNode content;

    private JsonFile(Path file, ObjectNode content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Opens the file, or begins with an empty object.
     *
     * @throws IOException when it cannot be read
     */
    public static JsonFile open(Path file) throws IOException {
        return new JsonFile(file, Files.exists(file) ? Json.read(Files.readString(file)) : Json.object());
    }

    /** Reads; what the function changes in the object is not kept. */
    public synchronized <T> T read(Function<ObjectNode, T> reading) {
        return reading.apply(content.deepCopy());
    }

    /**
     * Reads and changes as one; when that throws, everything is as it was.
     *
     * @throws AwsException when the file cannot be written
     */
    public synchronized <T> T change(Function<ObjectNode, T> change) {
        ObjectNode changed = content.deepCopy();
        T result = change.apply(changed);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, changed.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AwsException(500, "ServerException", file + " cannot be written: " + e.getMessage());
        }
        content = changed;
        return result;
    }
}
