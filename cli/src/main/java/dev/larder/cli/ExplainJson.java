package dev.larder.cli;

import dev.larder.domain.lifecycle.Explanation;
import dev.larder.domain.lifecycle.Forecast;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.PlannedRepository;
import dev.larder.functions.lifecycle.Tombstone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that there is to say of one image, as programs are told. */
final class ExplainJson {
    private ExplainJson() {}

    static Map<String, Object> fields(ExplainReading.Explained image) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", image.repository().value());
        fields.put("image", image.repository() + "@" + image.digest());
        fields.put("cached", image.cached().isPresent());
        image.cached().ifPresent(cached -> cached(cached, fields));
        fields.put(
                "tombstones",
                image.tombstones().stream().map(ExplainJson::grave).toList());
        fields.put("runs", image.runs().stream().map(ExplainJson::past).toList());
        return fields;
    }

    private static void cached(ExplainReading.Cached cached, Map<String, Object> fields) {
        Explanation said = cached.explanation();
        Manifest manifest = said.manifest();
        fields.put("tags", manifest.tags().stream().map(Object::toString).toList());
        fields.put("mediaType", manifest.mediaType().orElse(""));
        manifest.sizeBytes().ifPresent(size -> fields.put("bytes", size));
        fields.put("rule", said.rule());
        fields.put("reason", said.reason().text());
        fields.put("seconds", said.time().toSeconds());
        fields.put("family", said.family());
        time("pulledAt", said.use().pulledAt(), fields);
        time("recordedPullAt", manifest.recordedPullAt(), fields);
        time("pushedAt", manifest.pushedAt(), fields);
        time("importedAt", said.use().importedAt(), fields);
        time("warmedAt", said.use().warmedAt(), fields);
        fields.put("verdict", said.verdict() instanceof Verdict.Evict ? "evict" : "keep");
        fields.put("guards", said.keeps().stream().map(ExplainJson::guard).toList());
        fields.put("evidence", said.verdict() instanceof Verdict.Evict evict ? evict.evidence() : List.of());
        fields.put(
                "goesWith",
                said.goesWith().stream().map(other -> other.digest().value()).toList());
        fields.put("forecast", forecast(cached.byRules()));
        Map<String, Object> quotas = new LinkedHashMap<>();
        cached.byQuotas().forEach((quota, forecast) -> quotas.put(quota.match(), forecast(forecast)));
        fields.put("quotas", quotas);
        cached.stayed().ifPresent(stayed -> fields.put("stayed", stayed(stayed)));
        fields.put("unreadIndexes", cached.unread());
    }

    private static Map<String, Object> stayed(KeptGroups.Kept stayed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("guard", stayed.guard());
        fields.put("run", stayed.run());
        fields.put("at", stayed.at().toString());
        return fields;
    }

    private static Map<String, Object> guard(Verdict.Keep keep) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("guard", PlannedRepository.words(keep));
        fields.put("because", keep.detail());
        time("until", keep.until(), fields);
        return fields;
    }

    private static Map<String, Object> forecast(Forecast forecast) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (forecast) {
            case Forecast.From(Instant at) -> fields.put("from", at.toString());
            case Forecast.Stays(Verdict.Keep because) -> fields.put("stays", guard(because));
        }
        return fields;
    }

    private static Map<String, Object> grave(Tombstone grave) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("evictedAt", grave.evictedAt().toString());
        fields.put("run", grave.run());
        fields.put("tags", grave.tags().stream().map(Object::toString).toList());
        fields.put("reason", grave.reason());
        fields.put("evidence", grave.evidence());
        grave.doubt().ifPresent(doubt -> fields.put("doubt", doubt));
        return fields;
    }

    private static Map<String, Object> past(ExplainReading.Past past) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", past.run().id());
        fields.put("startedAt", past.run().startedAt().toString());
        fields.put("mode", RunView.mode(past.run()));
        fields.putAll(RunView.fields(past.line()));
        return fields;
    }

    private static void time(String name, Optional<Instant> time, Map<String, Object> fields) {
        time.ifPresent(at -> fields.put(name, at.toString()));
    }
}
