package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One image's pulls for programs: one object. */
final class ImageUsageJson {
    private ImageUsageJson() {}

    static Map<String, Object> fields(ImageUsage usage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", usage.image().toString());
        fields.put("from", usage.from().toString());
        fields.put(
                "days",
                usage.days().entrySet().stream()
                        .map(day -> day(day.getKey(), day.getValue()))
                        .toList());
        fields.putAll(usage.total().fields());
        fields.put("byDigest", usage.byDigest());
        fields.put("late", usage.late());
        fields.put("by", usage.sum(ImageDay::by));
        fields.put("workloads", usage.sum(ImageDay::workloads));
        fields.put("platforms", usage.sum(ImageDay::platforms));
        fields.put("failures", usage.sum(ImageDay::failed));
        if (!usage.tags().isEmpty()) {
            fields.put("tags", usage.tags().stream().map(Object::toString).toList());
        }
        usage.lastPulledAt().map(Instant::toString).ifPresent(at -> fields.put("lastPulledAt", at));
        usage.ecr().lastPull().map(Instant::toString).ifPresent(at -> fields.put("ecrLastPulledAt", at));
        usage.ecr().note().ifPresent(note -> fields.put("ecrNote", note));
        fields.put("witness", usage.witness().kind());
        fields.put("witnessText", usage.witness().text());
        usage.completeSince().map(Instant::toString).ifPresent(at -> fields.put("completeSince", at));
        fields.put("disagree", usage.ecrIsLaterBy().isPresent());
        return fields;
    }

    private static Map<String, Object> day(LocalDate date, ImageDay day) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("day", date.toString());
        fields.putAll(Sums.of(day).fields());
        fields.put("byDigest", day.byDigest());
        fields.put("late", day.late());
        fields.put("by", new TreeMap<>(day.by()));
        fields.put("workloads", new TreeMap<>(day.workloads()));
        fields.put("platforms", new TreeMap<>(day.platforms()));
        fields.put("failures", new TreeMap<>(day.failed()));
        return fields;
    }
}
