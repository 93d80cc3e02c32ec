package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.Saving;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UpstreamStates} in the table. */
public final class DynamoDbUpstreamStates implements UpstreamStates {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbUpstreamStates(Table table) {
        this.table = table;
    }

    @Override
    public UpstreamState of(String prefix) {
        return table.get(Key.upstream(prefix)).map(DynamoDbUpstreamStates::read).orElse(UpstreamState.NEW);
    }

    private static UpstreamState read(Item item) {
        return new UpstreamState(
                new Circuit(
                        item.list(Attributes.SUSPECTS),
                        (int) item.whole(Attributes.TRIPS).orElse(0),
                        item.instant(Attributes.CIRCUIT_OPEN_UNTIL)),
                item.instant(Attributes.LAST_FAILURE_AT),
                item.text(Attributes.LAST_FAILURE_CODE),
                item.text(Attributes.LAST_FAILURE_REASON),
                item.instant(Attributes.TOKENS_AT)
                        .map(at -> new UpstreamState.Tokens(
                                item.real(Attributes.TOKENS).orElse(0), at)),
                item.instant(Attributes.REPORTED_AT).map(at -> report(item, at)),
                item.instant(Attributes.SAVING_UNTIL)
                        .map(until -> new Saving(item.text(Attributes.SAVED_FOR).orElseThrow(), until)));
    }

    private static LimitReport report(Item item, Instant at) {
        return new LimitReport(
                new ReportedLimit(
                        (int) item.whole(Attributes.REPORTED_LIMIT).orElseThrow(),
                        (int) item.whole(Attributes.REPORTED_REMAINING).orElseThrow(),
                        Duration.ofSeconds(
                                item.whole(Attributes.REPORTED_WINDOW).orElseThrow())),
                at,
                item.real(Attributes.REPORT_SPENT).orElse(0));
    }

    @Override
    public boolean failed(String prefix, UpstreamState seen, Circuit to, Failure failure, Instant at) {
        Map<String, AttributeValue> values = new HashMap<>();
        String circuit = set(to, values);
        values.put(":at", Values.instant(at));
        values.put(":code", Values.text(failure.code()));
        values.put(":reason", Values.text(failure.reason()));
        String condition = unchanged(seen, values);
        return table.update(
                Key.upstream(prefix),
                "SET lastFailureAt = :at, lastFailureCode = :code, lastFailureReason = :reason, " + circuit,
                condition,
                values);
    }

    @Override
    public boolean succeeded(String prefix, UpstreamState seen, Circuit to) {
        Map<String, AttributeValue> values = new HashMap<>();
        String circuit = "SET " + set(to, values);
        String condition = unchanged(seen, values);
        return table.update(Key.upstream(prefix), circuit, condition, values);
    }

    private static String set(Circuit to, Map<String, AttributeValue> values) {
        values.put(":trips", Values.number(to.trips()));
        values.put(":suspects", Values.list(to.suspects()));
        String counts = "trips = :trips, suspects = :suspects";
        if (to.openUntil().isEmpty()) {
            return counts + " REMOVE circuitOpenUntil";
        }
        values.put(":until", Values.instant(to.openUntil().get()));
        return counts + ", circuitOpenUntil = :until";
    }

    /** Every change of the circuit has another suspect or trip, or follows a failure, so that these three tell them apart. */
    private static String unchanged(UpstreamState seen, Map<String, AttributeValue> values) {
        if (seen.lastFailureAt().isEmpty()) {
            return "attribute_not_exists(lastFailureAt)";
        }
        values.put(":seenTrips", Values.number(seen.circuit().trips()));
        values.put(":seenAt", Values.instant(seen.lastFailureAt().get()));
        String seenBefore = "trips = :seenTrips AND lastFailureAt = :seenAt AND ";
        if (!seen.circuit().suspects().isEmpty()) {
            values.put(":seenSuspects", Values.list(seen.circuit().suspects()));
            return seenBefore + "suspects = :seenSuspects";
        }
        values.put(":none", Values.number(0));
        return seenBefore + "(attribute_not_exists(suspects) OR size(suspects) = :none)";
    }

    @Override
    public boolean spent(String prefix, UpstreamState seen, UpstreamState.Tokens left, Optional<LimitReport> report) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":left", Values.number(left.left()));
        values.put(":at", Values.instant(left.at()));
        report.ifPresent(after -> values.put(":spent", Values.number(after.spent())));
        seen.tokens().ifPresent(tokens -> {
            values.put(":seenLeft", Values.number(tokens.left()));
            values.put(":seenAt", Values.instant(tokens.at()));
        });
        seen.report().ifPresent(before -> values.put(":seenReport", Values.instant(before.at())));
        return table.update(
                Key.upstream(prefix),
                "SET tokens = :left, tokensAt = :at" + (report.isPresent() ? ", reportSpent = :spent" : ""),
                (seen.tokens().isPresent()
                                ? "tokens = :seenLeft AND tokensAt = :seenAt"
                                : "attribute_not_exists(tokensAt)")
                        + (seen.report().isPresent()
                                ? " AND reportedAt = :seenReport"
                                : " AND attribute_not_exists(reportedAt)"),
                values);
    }

    @Override
    public boolean reported(String prefix, ReportedLimit limit, Instant at) {
        return table.update(
                Key.upstream(prefix),
                "SET reportedLimit = :limit, reportedRemaining = :remaining, reportedWindow = :window,"
                        + " reportedAt = :at, reportSpent = :none",
                "attribute_not_exists(reportedAt) OR reportedAt < :at OR reportedAt > :ahead",
                Map.of(
                        ":limit", Values.number(limit.limit()),
                        ":remaining", Values.number(limit.remaining()),
                        ":window", Values.number(limit.window().toSeconds()),
                        ":at", Values.instant(at),
                        ":ahead", Values.instant(at.plus(limit.window())),
                        ":none", Values.number(0)));
    }

    @Override
    public void saving(String prefix, Saving saving) {
        table.update(
                Key.upstream(prefix),
                "SET savedFor = :image, savingUntil = :until",
                Map.of(":image", Values.text(saving.image()), ":until", Values.instant(saving.until())));
    }
}
