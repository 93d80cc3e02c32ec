package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Reason;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Value;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Planned repositories as a piece's result has them. */
final class PlannedJson {
    private PlannedJson() {}

    static Map<String, Object> write(PlannedRepository planned) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", planned.repository().value());
        fields.put("images", planned.totals().images());
        fields.put("tops", planned.totals().tops());
        fields.put("bytes", planned.totals().bytes());
        fields.put("kept", planned.kept());
        fields.put("offers", planned.offers().stream().map(PlannedJson::write).toList());
        return fields;
    }

    private static Map<String, Object> write(Offer offer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("first", offer.first().value());
        fields.put("images", offer.images());
        fields.put("tops", offer.tops());
        fields.put("bytes", offer.bytes());
        fields.put("lastUse", offer.lastUse().toString());
        fields.put("value", offer.value().perByte());
        fields.put("reason", offer.reason().name());
        fields.put("rule", offer.rule());
        offer.keptAt().ifPresent(at -> fields.put("keptAt", at.toString()));
        if (!offer.within().isEmpty()) {
            Map<String, String> within = new TreeMap<>();
            offer.within().forEach((quota, larger) -> within.put(quota, larger.value()));
            fields.put("within", within);
        }
        return fields;
    }

    static PlannedRepository read(Map<?, ?> fields) {
        RepositoryName repository = new RepositoryName(text(fields, "repository"));
        Map<String, Long> kept = new TreeMap<>();
        if (fields.get("kept") instanceof Map<?, ?> counts) {
            counts.forEach((guard, count) -> kept.put(String.valueOf(guard), ((Number) count).longValue()));
        }
        return new PlannedRepository(
                repository,
                new Totals(
                        number(fields, "images").intValue(),
                        number(fields, "tops").intValue(),
                        number(fields, "bytes").longValue()),
                kept,
                objects(fields, "offers").map(offer -> offer(repository, offer)).toList());
    }

    private static Offer offer(RepositoryName repository, Map<?, ?> fields) {
        Offer offer = new Offer(
                repository,
                new Digest(text(fields, "first")),
                number(fields, "images").intValue(),
                // not there in what was planned before a deploy
                fields.get("tops") instanceof Number tops ? tops.intValue() : 1,
                number(fields, "bytes").longValue(),
                Instant.parse(text(fields, "lastUse")),
                new Value(number(fields, "value").doubleValue()),
                Reason.valueOf(text(fields, "reason")),
                text(fields, "rule"));
        Offer placed = fields.get("within") instanceof Map<?, ?> larger ? offer.within(names(larger)) : offer;
        return fields.get("keptAt") instanceof String at ? placed.kept(Instant.parse(at)) : placed;
    }

    private static Map<String, Digest> names(Map<?, ?> larger) {
        Map<String, Digest> names = new HashMap<>();
        larger.forEach((quota, first) -> names.put(String.valueOf(quota), new Digest(String.valueOf(first))));
        return names;
    }

    /** The objects in a list. */
    static Stream<Map<?, ?>> objects(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(element -> (Map<?, ?>) element)
                : Stream.empty();
    }

    /** A number that has to be there. */
    static Number number(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalStateException(
                "what came of a piece of a run has no number '" + name + "': " + fields.keySet());
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("what came of a piece of a run has no text '" + name + "': " + fields.keySet());
    }
}
