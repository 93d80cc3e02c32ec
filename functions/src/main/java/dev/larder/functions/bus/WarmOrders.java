package dev.larder.functions.bus;

import dev.larder.events.WarmOrder;
import java.util.List;

/** The queue of warm orders. */
public interface WarmOrders {
    /**
     * Sends the orders.
     *
     * @throws IllegalStateException when the queue refuses one, with its reason; the others may be there
     */
    void send(List<WarmOrder> orders);
}
