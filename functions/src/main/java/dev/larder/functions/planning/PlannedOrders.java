package dev.larder.functions.planning;

import dev.larder.domain.warming.Lease;
import dev.larder.domain.warming.Price;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Remembers what is ordered and not done yet, so that no other plan orders it as well, and what was paid for it. It is
 * written before the order is in the queue: after a crash in between, the image is ordered again some minutes later.
 */
public final class PlannedOrders {
    private static final String UNTIL = "orderedUntil";
    private static final String PAID_TOKENS = "paidTokens";
    private static final String MOST_TOKENS = "mostTokens";
    private static final String PAID_BYTES = "paidBytes";
    private static final String COST = "costTokens";

    /** A tag moves again before long. */
    private static final Duration COST_FOR = Duration.ofDays(7);

    private static final Duration SLACK = Lease.TERM.multipliedBy(2);

    private final Table table;

    /** @param table the cell's */
    public PlannedOrders(Table table) {
        this.table = table;
    }

    /**
     * What was paid.
     *
     * @param tokens of the upstream's budget
     * @param most of the budget that its plan thought that it costs; what was not paid yet is paid before the import
     * @param bytes of the day's
     */
    public record Paid(int tokens, int most, long bytes) {}

    /**
     * What is known of an image's last order.
     *
     * @param underWay whether it is not done yet
     * @param unfinished whether nobody has said that it came to an end, however long ago it was
     * @param cost in tokens of the upstream's budget, when it was more than the budget held; absent otherwise
     */
    public record Last(boolean underWay, boolean unfinished, OptionalInt cost) {}

    /** What is known of an image's last order. */
    public Last last(ImageReference image, Instant now) {
        Optional<Item> item = table.get(key(image));
        OptionalLong cost = item.map(found -> found.whole(COST)).orElse(OptionalLong.empty());
        Optional<Instant> until = item.flatMap(found -> found.instant(UNTIL));
        return new Last(
                until.filter(now::isBefore).isPresent(),
                until.isPresent(),
                cost.isPresent() ? OptionalInt.of(Math.toIntExact(cost.getAsLong())) : OptionalInt.empty());
    }

    /** Whether an order for the image is under way. */
    public boolean has(ImageReference image, Instant now) {
        return last(image, now).underWay();
    }

    /**
     * An order is about to be sent.
     *
     * @param paid whether its tokens were taken off the budget: not when there was none, nor when it is due too late
     */
    public void add(WarmOrder order, Price price, boolean paid) {
        Instant until = order.notBefore().plus(SLACK);
        table.update(
                key(order.image()),
                "SET orderId = :order, orderedUntil = :until, paidTokens = :tokens, mostTokens = :most, paidBytes ="
                        + " :bytes, expiresAt = :expiry",
                Map.of(
                        ":order", Values.text(order.orderId()),
                        ":until", Values.instant(until),
                        ":tokens", Values.number(paid ? price.tokens() : 0),
                        ":most", Values.number(price.most()),
                        ":bytes", Values.number(price.mostBytes()),
                        ":expiry", Values.expiry(until.plus(Duration.ofDays(1)))));
    }

    /**
     * An order is about to be carried out. What was paid for it goes with it, so that no second delivery gives it back, and
     * after a crash nobody does; nothing when it was not planned, or is out already.
     */
    public Optional<Paid> take(WarmOrder order) {
        return table.get(key(order.image()))
                .filter(item -> item.text(Attributes.ORDER_ID)
                        .filter(order.orderId()::equals)
                        .isPresent())
                .map(item -> new Paid(
                        Math.toIntExact(item.whole(PAID_TOKENS).orElse(0)),
                        Math.toIntExact(item.whole(MOST_TOKENS)
                                .orElse(item.whole(PAID_TOKENS).orElse(0))),
                        item.whole(PAID_BYTES).orElse(0)))
                .filter(paid -> table.update(
                        key(order.image()),
                        "SET paidTokens = :none, paidBytes = :none",
                        "orderId = :order AND paidTokens = :tokens AND paidBytes = :bytes",
                        Map.of(
                                ":none", Values.number(0),
                                ":order", Values.text(order.orderId()),
                                ":tokens", Values.number(paid.tokens()),
                                ":bytes", Values.number(paid.bytes()))));
    }

    /** The order was put off, and needed nothing of what was paid: it is there for the next time. */
    public void putBack(WarmOrder order, Paid paid) {
        table.update(
                key(order.image()),
                "SET paidTokens = :tokens, paidBytes = :bytes",
                "orderId = :order",
                Map.of(
                        ":order", Values.text(order.orderId()),
                        ":tokens", Values.number(paid.tokens()),
                        ":bytes", Values.number(paid.bytes())));
    }

    /**
     * The order has come to an end, and the image was dearer than anyone thought: the next plan pays so much.
     *
     * @param cost in tokens of the upstream's budget
     */
    public void tooDear(WarmOrder order, int cost, Instant now) {
        table.update(
                key(order.image()),
                "SET paidTokens = :none, paidBytes = :none, costTokens = :cost, expiresAt = :expiry REMOVE orderedUntil",
                "orderId = :order",
                Map.of(
                        ":none", Values.number(0),
                        ":cost", Values.number(cost),
                        ":order", Values.text(order.orderId()),
                        ":expiry", Values.expiry(now.plus(COST_FOR))));
    }

    /** The order has come to an end. An order that took its place is left alone. */
    public void end(WarmOrder order) {
        table.delete(key(order.image()), "orderId = :order", Map.of(":order", Values.text(order.orderId())));
    }

    private static Key key(ImageReference image) {
        return new Key("order#" + image, "planned");
    }
}
