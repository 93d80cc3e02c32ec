package dev.larder.events;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.events.OwnEvent.RuleChecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what Larder itself sends. {@link OwnParser} reads the same fields. */
final class OwnJson {
    private OwnJson() {}

    static String write(WarmOrder order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", WarmOrder.SOURCE);
        fields.put("orderId", order.orderId());
        fields.put("image", order.image().toString());
        order.by().ifPresent(tag -> fields.put("by", tag.toString()));
        fields.put("reason", order.reason().name());
        fields.put("platforms", texts(order.platforms()));
        fields.put("refresh", order.refresh());
        fields.put("takeOff", order.takeOff());
        fields.put("requestedAt", order.requestedAt().toString());
        fields.put("notBefore", order.notBefore().toString());
        return json(fields);
    }

    static String detail(OwnEvent event) {
        return json(fields(event));
    }

    static String envelope(OwnEvent event, String id, String account, String region) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", "0");
        fields.put("id", id);
        fields.put("detail-type", event.detailType());
        fields.put("source", OwnEvent.SOURCE);
        fields.put("account", account);
        fields.put("time", event.at().toString());
        fields.put("region", region);
        fields.put("resources", List.of());
        fields.put("detail", fields(event));
        return json(fields);
    }

    private static Map<String, Object> fields(OwnEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (event) {
            case ImageWarmed warmed -> {
                fields.put("orderId", warmed.orderId());
                fields.put("image", warmed.image().toString());
                fields.put("digest", warmed.digest().toString());
                fields.put("reason", warmed.reason().name());
                fields.put("platforms", texts(warmed.platforms()));
                if (!warmed.absent().isEmpty()) {
                    fields.put("absent", texts(warmed.absent()));
                }
                warmed.sizeBytes().ifPresent(bytes -> fields.put("sizeBytes", bytes));
                warmed.unverified().ifPresent(why -> fields.put("unverified", why));
                fields.put("took", warmed.took().toString());
            }
            case ImageWarmFailed failed -> {
                fields.put("orderId", failed.orderId());
                fields.put("image", failed.image().toString());
                fields.put("reason", failed.reason().name());
                fields.put("failureCode", failed.failureCode());
                fields.put("failureReason", failed.failureReason());
                fields.put("willRetry", failed.willRetry());
            }
            case ImagesPopular popular -> {
                fields.put("cell", popular.cell());
                fields.put(
                        "images", popular.images().stream().map(OwnJson::wanted).toList());
            }
            case ImageEvicted evicted -> {
                fields.put("runId", evicted.runId());
                fields.put("repository", evicted.repository().toString());
                fields.put("digest", evicted.digest().toString());
                fields.put("tags", texts(evicted.tags()));
                fields.put("platforms", texts(evicted.platforms()));
                evicted.sizeBytes().ifPresent(bytes -> fields.put("sizeBytes", bytes));
                fields.put("reason", evicted.reason());
                fields.put("evidence", evicted.evidence());
            }
            case RuleChecked checked -> {
                fields.put("prefix", checked.prefix());
                fields.put("valid", checked.valid());
                checked.failure().ifPresent(reason -> fields.put("failure", reason));
            }
        }
        fields.put("at", event.at().toString());
        return fields;
    }

    private static Map<String, Object> wanted(ImagesPopular.Wanted wanted) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", wanted.image().toString());
        fields.put("pullsPerDay", wanted.pullsPerDay());
        return fields;
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static String json(Map<String, Object> fields) {
        try {
            return JSON.std.asString(fields);
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write JSON to memory", impossible);
        }
    }
}
