package dev.larder.local.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Secrets in one file that only its owner can read. Each has a name, an ARN and its newest value. */
public final class SecretStore {
    private final Path file;
    private final ObjectNode byName;

    private SecretStore(Path file, ObjectNode byName) {
        this.file = file;
        this.byName = byName;
    }

    /**
     * Opens the store.
     *
     * @throws IOException when the file cannot be read
     */
    public static SecretStore open(Path file) throws IOException {
        return new SecretStore(file, Files.exists(file) ? Json.read(Files.readString(file)) : Json.object());
    }

    /** The secret of a name or an ARN, with or without the six characters at its end. */
    public synchronized Optional<ObjectNode> find(String id) {
        return all().stream()
                .filter(secret -> {
                    String arn = secret.path("ARN").asText();
                    return secret.path("Name").asText().equals(id)
                            || arn.equals(id)
                            || arn.substring(0, arn.length() - 7).equals(id);
                })
                .findFirst();
    }

    /** All secrets, by name. */
    public synchronized List<ObjectNode> all() {
        List<ObjectNode> secrets = new ArrayList<>();
        byName.forEach(secret -> secrets.add(secret.deepCopy()));
        return secrets;
    }

    /**
     * Keeps a secret in place of the one with its name.
     *
     * @throws IOException when the file cannot be written; the store is then as before
     */
    public synchronized void put(ObjectNode secret) throws IOException {
        ObjectNode changed = byName.deepCopy();
        changed.set(secret.path("Name").asText(), secret.deepCopy());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, changed.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        byName.setAll(changed);
    }
}
