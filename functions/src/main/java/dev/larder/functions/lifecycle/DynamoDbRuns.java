package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Runs} in the table. Lines are dropped after a while; runs stay. */
public final class DynamoDbRuns implements Runs {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbRuns(Table table) {
        this.table = table;
    }

    @Override
    public boolean begin(Run run) {
        return table.put(item(run), "attribute_not_exists(pk)", Map.of());
    }

    @Override
    public boolean advance(Run run, Run.Phase from) {
        return table.put(item(run), "phase = :from", Map.of(":from", Values.text(from.text())));
    }

    private static Key key(String id, Instant startedAt) {
        return new Key(Key.LIFECYCLE_RUNS, Values.instant(startedAt).s() + "#" + id);
    }

    private static Map<String, AttributeValue> item(Run run) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(run.id(), run.startedAt()).attributes());
        item.put(Attributes.RUN, Values.text(run.id()));
        item.put(Attributes.STARTED_AT, Values.instant(run.startedAt()));
        item.put(Attributes.ENFORCE, Values.flag(run.enforce()));
        item.put(Attributes.PHASE, Values.text(run.phase().text()));
        item.put(Attributes.VERSION, Values.text(run.version()));
        item.put(Attributes.SETTINGS, Values.text(run.settings()));
        item.put(Attributes.REDUCED, Values.flag(run.reduced()));
        run.pieces().ifPresent(pieces -> item.put(Attributes.PIECES, Values.number(pieces)));
        item.put(
                Attributes.COUNTS,
                AttributeValue.fromM(run.counts().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, count -> Values.number(count.getValue())))));
        item.put(Attributes.BYTES, Values.number(run.bytes()));
        run.stopped().ifPresent(why -> item.put(Attributes.STOPPED, Values.text(why)));
        return item;
    }

    @Override
    public Optional<Run> get(String id, Instant startedAt) {
        return table.get(key(id, startedAt)).map(DynamoDbRuns::run);
    }

    @Override
    public void add(Run run, List<RunLine> lines) {
        table.putAll(lines.stream().map(line -> item(run, line)).toList());
    }

    private static Map<String, AttributeValue> item(Run run, RunLine line) {
        Map<String, AttributeValue> item = new HashMap<>(new Key(Key.linesOf(run.id()), line.image()).attributes());
        item.put(Attributes.DIGEST, Values.text(line.digest().value()));
        if (!line.tags().isEmpty()) {
            item.put(Attributes.TAGS, Values.set(line.tags()));
        }
        line.sizeBytes().ifPresent(size -> item.put(Attributes.SIZE_BYTES, Values.number(size)));
        item.put(Attributes.PIECES, Values.number(line.piece()));
        item.put(Attributes.VERDICT, Values.text(line.outcome().text()));
        item.put(Attributes.REASON, Values.text(line.reason()));
        item.put(Attributes.EVIDENCE, Values.list(line.evidence()));
        item.put(Attributes.EXPIRES_AT, Values.expiry(run.startedAt().plus(LINES_KEPT)));
        return item;
    }

    @Override
    public Optional<Run> last() {
        return all().findFirst();
    }

    @Override
    public Stream<Run> all() {
        return table.descending(Key.LIFECYCLE_RUNS).map(DynamoDbRuns::run);
    }

    private static Run run(Item item) {
        OptionalLong pieces = item.whole(Attributes.PIECES);
        return new Run(
                item.required(Attributes.RUN),
                Instant.parse(item.required(Attributes.STARTED_AT)),
                item.flag(Attributes.ENFORCE),
                item.text(Attributes.PHASE).map(Run.Phase::of).orElse(Run.Phase.DONE),
                item.text(Attributes.VERSION).orElse(""),
                item.text(Attributes.SETTINGS).orElse(""),
                item.flag(Attributes.REDUCED),
                pieces.isPresent() ? Optional.of((int) pieces.getAsLong()) : Optional.empty(),
                item.counts(Attributes.COUNTS),
                item.whole(Attributes.BYTES).orElse(0),
                item.text(Attributes.STOPPED));
    }

    @Override
    public Stream<RunLine> lines(String run) {
        return table.partition(Key.linesOf(run)).map(DynamoDbRuns::line);
    }

    @Override
    public Stream<RunLine> lines(String run, RepositoryName repository) {
        return table.consistentPartition(Key.linesOf(run), repository + "@").map(DynamoDbRuns::line);
    }

    private static RunLine line(Item item) {
        Digested image = (Digested) ImageReference.parse(item.key().sk());
        return new RunLine(
                image.repository(),
                new Digest(item.required(Attributes.DIGEST)),
                item.set(Attributes.TAGS).stream().map(Tag::new).toList(),
                item.whole(Attributes.SIZE_BYTES),
                (int) item.whole(Attributes.PIECES).orElse(0),
                RunLine.Outcome.valueOf(item.required(Attributes.VERDICT).toUpperCase(Locale.ROOT)),
                item.required(Attributes.REASON),
                item.list(Attributes.EVIDENCE));
    }
}
