package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.EventParser;
import dev.larder.events.ImageId;
import dev.larder.events.MalformedEventException;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The counter that is made at home: an update for each pull, of the image's item of the day. Counts twice what comes twice. */
public final class OneWritePerPull implements Subject {
    private final Table table;
    private final boolean ranked;

    /** @param ranked whether the images of a day can be queried by popularity, which the index does */
    public OneWritePerPull(Table table, boolean ranked) {
        this.table = table;
        this.ranked = ranked;
    }

    @Override
    public String name() {
        return ranked ? "one write per pull, ranked" : "one write per pull";
    }

    @Override
    public void handle(SQSEvent batch, Instant now) {
        batch.getRecords().forEach(message -> count(parsed(message.getBody())));
    }

    static BatchGetImage parsed(String body) {
        try {
            return (BatchGetImage) EventParser.parse(body);
        } catch (MalformedEventException e) {
            throw new IllegalStateException("could not read a pull that was made here: " + e.getMessage(), e);
        }
    }

    void count(BatchGetImage pull) {
        Instant time = pull.call().time();
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        String expression = "ADD pulls :one SET lastPulledAt = :at";
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":one", Values.number(1));
        values.put(":at", Values.instant(time));
        if (ranked) {
            expression = "ADD pulls :one, popularity :one SET lastPulledAt = :at, popularityOf = :of";
            values.put(":of", Values.text("docker-hub#" + day));
        }
        for (ImageId id : pull.imageIds()) {
            String image = pull.repository() + ":" + id.tag().orElseThrow();
            table.update(new Key("usage#" + image, "day#" + day), expression, values);
        }
    }
}
