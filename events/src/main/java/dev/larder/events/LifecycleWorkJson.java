package dev.larder.events;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads the pieces of a sweep. */
final class LifecycleWorkJson {
    private static final String PLAN = "plan";
    private static final String SELECT = "select";
    private static final String EVICT = "evict";
    private static final String RECONCILE = "reconcile";

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
                fields.put(
                        "groups",
                        evict.groups().stream().map(LifecycleWorkJson::fields).toList());
            }
            case LifecycleWork.Reconcile reconcile -> {
                fields.put("do", RECONCILE);
                fields.put("repository", reconcile.repository().toString());
                fields.put("look", reconcile.look());
                fields.put("runningAt", reconcile.runningAt().toString());
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
                        whole(root, "batch", 0),
                        root.text("arnPrefix"),
                        root.values("repositories", RepositoryName::new));
            case SELECT -> new LifecycleWork.Select(run, startedAt);
            case EVICT ->
                new LifecycleWork.Evict(
                        run,
                        startedAt,
                        whole(root, "batch", 0),
                        root.value("repository", "a repository's name", RepositoryName::new),
                        selected(root.objects("groups")));
            case RECONCILE ->
                new LifecycleWork.Reconcile(
                        run,
                        startedAt,
                        root.value("repository", "a repository's name", RepositoryName::new),
                        whole(root, "look", 1),
                        root.instant("runningAt"));
            default -> throw root.wrong("do", what, "one of " + List.of(PLAN, SELECT, EVICT, RECONCILE));
        };
    }

    private static Map<String, Object> fields(LifecycleWork.Selected group) {
        return Map.of(
                "first", group.first().toString(),
                "images", group.images(),
                "reason", group.reason(),
                "quota", group.quota());
    }

    private static List<LifecycleWork.Selected> selected(List<JsonObject> groups) throws MalformedEventException {
        List<LifecycleWork.Selected> selected = new ArrayList<>();
        for (JsonObject group : groups) {
            selected.add(new LifecycleWork.Selected(
                    group.value("first", "a digest", Digest::new),
                    whole(group, "images", 1),
                    group.text("reason"),
                    // not there in what was sent before a deploy
                    group.optionalText("quota").orElse("")));
        }
        return selected;
    }

    private static int whole(JsonObject root, String name, int least) throws MalformedEventException {
        long number = root.optionalWhole(name).orElse(-1L);
        if (number < least || number > Integer.MAX_VALUE) {
            throw root.wrong(name, number, "a whole number from " + least);
        }
        return (int) number;
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
