package dev.larder.functions.usage;

import dev.larder.config.Upstream;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the usage record says of itself: since when it is complete, upstream by upstream, and on what it rests. */
public final class RecordState {
    private static final Key TRAIL = new Key(Key.USAGE, "trail");
    private static final Key WAITING = new Key(Key.USAGE, "dead-letters");
    private static final Key RECONCILED = new Key(Key.USAGE, "reconciled");
    private static final String GAP = "gap#";
    private static final String THROUGH = "through";

    private final Table table;
    private final Upstreams upstreams;

    /** Takes the cell's table, and the upstreams that are recorded. */
    public RecordState(Table table, Upstreams upstreams) {
        this.table = table;
        this.upstreams = upstreams;
    }

    /**
     * What was last seen of the account's trail.
     *
     * @param kind {@code logging}, {@code stopped}, {@code none} or {@code unreadable}
     * @param detail for people
     */
    public record Trail(String kind, String detail, Instant checkedAt) {
        /** Whether nobody could say if anything is recorded. */
        public boolean isUnreadable() {
            return kind.equals("unreadable");
        }

        /** Whether nothing is recorded now. */
        public boolean isMissing() {
            return kind.equals("stopped") || kind.equals("none");
        }
    }

    /**
     * Pulls that were not recorded.
     *
     * @param until the record is complete since then
     * @param evidence how it was noticed
     */
    public record Gap(String prefix, Instant until, String evidence) {}

    /**
     * What a comparison with ECR found.
     *
     * @param images whose last pull ECR knows
     * @param onlyEcr images that ECR saw pulled, and the record did not; some of them, {@code repository@digest}
     * @param onlyRecord images that the record saw pulled, and ECR did not; some of them
     */
    public record Reconciled(Instant at, long images, List<String> onlyEcr, List<String> onlyRecord) {
        /** Copies the lists. */
        public Reconciled {
            onlyEcr = List.copyOf(onlyEcr);
            onlyRecord = List.copyOf(onlyRecord);
        }
    }

    /** From now on every pull is recorded, from each upstream that has not begun before. */
    public void begin(Instant now) {
        for (Upstream upstream : upstreams.all()) {
            if (table.get(Key.usageSince(upstream.prefix()))
                    .flatMap(item -> item.instant(Attributes.COMPLETE_SINCE))
                    .isEmpty()) {
                table.update(
                        Key.usageSince(upstream.prefix()),
                        "SET completeSince = if_not_exists(completeSince, :now), begunAt = if_not_exists(begunAt, :now)",
                        Map.of(":now", Values.instant(now)));
            }
        }
    }

    /** Since when an upstream's record is complete; nobody knows while messages wait among the dead letters. */
    public Optional<Instant> completeSince(String prefix) {
        return waiting() > 0
                ? Optional.empty()
                : table.get(Key.usageSince(prefix)).flatMap(item -> item.instant(Attributes.COMPLETE_SINCE));
    }

    /** Since when the record of a repository's upstream is complete. */
    public Optional<Instant> completeSince(RepositoryName repository) {
        return upstreams.of(repository).map(Upstream::prefix).flatMap(this::completeSince);
    }

    /**
     * Pulls were lost: the record is complete only since then. Never goes back.
     *
     * @return whether that is news
     */
    public boolean incompleteUntil(Gap gap) {
        boolean moved = table.update(
                Key.usageSince(gap.prefix()),
                "SET completeSince = :until",
                "attribute_exists(completeSince) AND completeSince < :until",
                Map.of(":until", Values.instant(gap.until())));
        if (moved) {
            Map<String, AttributeValue> item = new HashMap<>(
                    new Key(Key.USAGE, GAP + Values.instant(gap.until()).s() + "#" + gap.prefix()).attributes());
            item.put(Attributes.REASON, Values.text(gap.evidence()));
            table.put(item);
        }
        return moved;
    }

    /** All gaps that were noticed, the first one first. */
    public List<Gap> gaps() {
        return table.consistentPartition(Key.USAGE, GAP)
                .map(item -> {
                    String[] parts = item.key().sk().split("#", 3);
                    return new Gap(parts[2], Instant.parse(parts[1]), item.required(Attributes.REASON));
                })
                .toList();
    }

    /** What was last seen of the trail; absent before the first look. */
    public Optional<Trail> trail() {
        return table.get(TRAIL)
                .map(item -> new Trail(
                        item.required("kind"),
                        item.required(Attributes.REASON),
                        item.instant(Attributes.CHECKED_AT).orElse(Instant.EPOCH)));
    }

    /** Keeps what was seen of the trail. */
    public void trail(Trail trail) {
        Map<String, AttributeValue> item = new HashMap<>(TRAIL.attributes());
        item.put("kind", Values.text(trail.kind()));
        item.put(Attributes.REASON, Values.text(trail.detail()));
        item.put(Attributes.CHECKED_AT, Values.instant(trail.checkedAt()));
        table.put(item);
    }

    /** How many messages with pulls wait among the dead letters, when it was last looked. */
    public long waiting() {
        return table.get(WAITING).map(item -> item.whole("messages").orElse(0)).orElse(0L);
    }

    /** Since when some have been waiting without a break. */
    public Optional<Instant> waitingSince() {
        return table.get(WAITING).flatMap(item -> item.instant("waitingSince"));
    }

    /** When they were last counted; absent before the first time. */
    public Optional<Instant> countedAt() {
        return table.get(WAITING).flatMap(item -> item.instant(Attributes.CHECKED_AT));
    }

    /** Keeps how many wait. */
    public void waiting(long messages, Instant now) {
        table.update(
                WAITING,
                messages == 0
                        ? "SET messages = :messages, checkedAt = :now REMOVE waitingSince"
                        : "SET messages = :messages, checkedAt = :now, waitingSince = if_not_exists(waitingSince, :now)",
                Map.of(":messages", Values.number(messages), ":now", Values.instant(now)));
    }

    /** The last comparison with ECR; absent before the first. */
    public Optional<Reconciled> reconciled() {
        return table.get(RECONCILED)
                .map((Item item) -> new Reconciled(
                        item.instant(Attributes.CHECKED_AT).orElse(Instant.EPOCH),
                        item.whole("images").orElse(0),
                        item.list("onlyEcr"),
                        item.list("onlyRecord")));
    }

    /** The last repository that was compared, when there was no time for all; the next comparison goes on behind it. */
    Optional<RepositoryName> comparedThrough() {
        return table.get(RECONCILED).flatMap(item -> item.text(THROUGH)).map(RepositoryName::new);
    }

    /** Keeps a comparison with ECR. */
    public void reconciled(Reconciled reconciled) {
        reconciled(reconciled, Optional.empty());
    }

    /** The same for one that had no time for the repositories behind this one. */
    void reconciled(Reconciled reconciled, Optional<RepositoryName> through) {
        Map<String, AttributeValue> item = new HashMap<>(RECONCILED.attributes());
        item.put(Attributes.CHECKED_AT, Values.instant(reconciled.at()));
        item.put("images", Values.number(reconciled.images()));
        item.put("onlyEcr", Values.list(reconciled.onlyEcr()));
        item.put("onlyRecord", Values.list(reconciled.onlyRecord()));
        through.ifPresent(last -> item.put(THROUGH, Values.text(last.value())));
        table.put(item);
    }
}
