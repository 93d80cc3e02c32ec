package dev.larder.functions.bus;

import dev.larder.events.WarmOrder;
import java.time.Duration;
import java.util.List;

/** The queue of warm orders. */
public interface WarmOrders {
    /** The most that a message can be delayed (SQS's API reference, SendMessage, DelaySeconds). */
    Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /**
     * Sends the orders, each to arrive when it is to be carried out: a time that is further than {@link #LONGEST_DELAY}
     * from when it was requested is not waited for.
     *
     * @throws IllegalStateException when the queue refuses one, with its reason; the others may be there
     */
    void send(List<WarmOrder> orders);

    /**
     * Sends an order again, to arrive after so long.
     *
     * @param delay at most {@link #LONGEST_DELAY} of it is waited for
     * @throws IllegalStateException when the queue refuses it, with its reason
     */
    void later(WarmOrder order, Duration delay);
}
