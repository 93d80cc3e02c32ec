package dev.larder.events;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads the pieces of a sweep. */
final class LifecycleWorkJson {
    private static final String PLAN = "plan";
    private static final String SELECT = "select";
    private static final String EVICT = "evict";

    private LifecycleWorkJson() {}

    static String write(LifecycleWork work) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", LifecycleWork.SOURCE);
        fields.put("run", work.run());
        fields.put("startedAt", work.startedAt().toString());
        switch (work) {
            case LifecycleWork.Plan plan -> {
                fields.put("do", PLAN);
                fields.put("batch", plan.batch());
                fields.put("arnPrefix", plan.arnPrefix());
                fields.put("repositories", texts(plan.repositories()));
            }
            case LifecycleWork.Select select -> fields.put("do", SELECT);
            case LifecycleWork.Evict evict -> {
                fields.put("do", EVICT);
                fields.put("batch", evict.batch());
                fields.put("repository", evict.repository().toString());
                fields.put("groups", texts(evict.groups()));
            }
        }
        try {
            return JSON.std.asString(fields);
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write JSON to memory", impossible);
        }
    }

    static LifecycleWork parse(JsonObject root) throws MalformedEventException {
        String run = root.text("run");
        Instant startedAt = root.instant("startedAt");
        String what = root.text("do");
        return switch (what) {
            case PLAN ->
                new LifecycleWork.Plan(
                        run,
                        startedAt,
                        batch(root),
                        root.text("arnPrefix"),
                        root.values("repositories", RepositoryName::new));
            case SELECT -> new LifecycleWork.Select(run, startedAt);
            case EVICT ->
                new LifecycleWork.Evict(
                        run,
                        startedAt,
                        batch(root),
                        root.value("repository", "a repository's name", RepositoryName::new),
                        root.values("groups", Digest::new));
            default -> throw root.wrong("do", what, "one of " + List.of(PLAN, SELECT, EVICT));
        };
    }

    private static int batch(JsonObject root) throws MalformedEventException {
        long batch = root.optionalWhole("batch").orElse(-1L);
        if (batch < 0 || batch > Integer.MAX_VALUE) {
            throw root.wrong("batch", batch, "a whole number from 0");
        }
        return (int) batch;
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
