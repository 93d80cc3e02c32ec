package dev.larder.local.cloudtrail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The account's trails, in one file. */
public final class Trails {
    /** The trail that a new cloud has. */
    public static final String MANAGEMENT_EVENTS = "management-events";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .build();

    private final Path file;
    private List<Trail> trails;

    private Trails(Path file, List<Trail> trails) {
        this.file = file;
        this.trails = List.copyOf(trails);
    }

    /**
     * Opens the trails of a data folder.
     *
     * @param first whether a cloud that starts for the first time has the trail {@link #MANAGEMENT_EVENTS}, logging
     * @throws IOException when the file cannot be read or written
     */
    public static Trails open(Path file, boolean first, Instant now) throws IOException {
        if (Files.exists(file)) {
            return new Trails(file, JSON.readValue(Files.readString(file), new TypeReference<List<Trail>>() {}));
        }
        Trails trails = new Trails(file, List.of());
        trails.save(
                first
                        ? List.of(Trail.create(
                                        MANAGEMENT_EVENTS, "management-events-logs", Optional.empty(), true, true, true)
                                .started(now))
                        : List.of());
        return trails;
    }

    /** Whether at least one trail logs this kind of management event now. */
    public synchronized boolean log(boolean readOnly) {
        return trails.stream().anyMatch(trail -> trail.logs(readOnly));
    }

    synchronized List<Trail> all() {
        return trails;
    }

    synchronized Optional<Trail> find(String name) {
        return trails.stream().filter(trail -> trail.name().equals(name)).findFirst();
    }

    /** Keeps a trail in place of the one with its name, or adds it. */
    synchronized void put(Trail trail) throws IOException {
        List<Trail> changed = without(trail.name());
        changed.add(trail);
        save(changed);
    }

    synchronized void remove(String name) throws IOException {
        save(without(name));
    }

    private List<Trail> without(String name) {
        return new ArrayList<>(
                trails.stream().filter(trail -> !trail.name().equals(name)).toList());
    }

    private void save(List<Trail> changed) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, JSON.writeValueAsString(changed));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        trails = List.copyOf(changed);
    }
}
