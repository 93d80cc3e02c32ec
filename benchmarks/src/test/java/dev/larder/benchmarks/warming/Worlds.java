package dev.larder.benchmarks.warming;

import dev.larder.benchmarks.warming.TagChanges.Change;
import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records of changes that tests make up. */
final class Worlds {
    static final Instant BEGINS = Instant.parse("2026-01-01T00:00:00Z");

    private Worlds() {}

    /** One tag, moved at some seconds after the beginning; each build has two platforms. */
    static World ofOneTag(long... moves) {
        List<Change> changes = new ArrayList<>();
        changes.add(change(BEGINS, "app", "1", Kind.START, "b0", "amd64", "arm64"));
        for (long move : moves) {
            changes.add(change(BEGINS.plusSeconds(move), "app", "1", Kind.MOVED, "b" + move, "amd64", "arm64"));
        }
        return new World(new TagChanges(changes, 0));
    }

    /**
     * Repositories that release a patch every 9 to 14 days and rebuild what is out every 20, with tags of every kind, for
     * some days.
     */
    static World releasing(int repositories, int days) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < repositories; i++) {
            String name = "app" + i;
            publish(changes, BEGINS, name, 0, "", Kind.START);
            int patch = 0;
            for (int day = 3 + i; day <= days; day++) {
                Instant time = BEGINS.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(61L * (1 + i % 12)));
                if (day % (9 + i % 6) == 0) {
                    patch++;
                    publish(changes, time, name, patch, "", Kind.NEW);
                } else if (day % 20 == 0) {
                    publish(changes, time, name, patch, "r" + day, Kind.MOVED);
                }
            }
        }
        changes.add(change(BEGINS.plus(Duration.ofDays(days)), "end", "1", Kind.NEW, "b", "amd64"));
        return new World(new TagChanges(changes, 0));
    }

    private static void publish(
            List<Change> changes, Instant time, String name, int patch, String rebuilt, Kind exact) {
        Kind moving = exact == Kind.NEW ? Kind.MOVED : exact;
        String build = "1.4." + patch + rebuilt;
        for (String tag : List.of("latest", "1", "1.4")) {
            changes.add(change(time, name, tag, moving, build, "amd64", "arm64"));
        }
        changes.add(change(time, name, "1.4." + patch, exact, build, "amd64", "arm64"));
        changes.add(change(time, name, "1.4-alpine", moving, build + "-alpine", "amd64", "arm64"));
        changes.add(change(time, name, "1.4." + patch + "-alpine", exact, build + "-alpine", "amd64", "arm64"));
    }

    static Change change(Instant time, String repository, String tag, Kind kind, String build, String... platforms) {
        return new Change(time, repository, tag, kind, build, List.of(platforms));
    }
}
