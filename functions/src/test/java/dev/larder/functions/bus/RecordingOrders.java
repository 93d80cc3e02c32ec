package dev.larder.functions.bus;

import dev.larder.events.WarmOrder;
import java.util.ArrayList;
import java.util.List;

/** {@link WarmOrders} that remembers. */
public final class RecordingOrders implements WarmOrders {
    private final List<WarmOrder> orders = new ArrayList<>();

    @Override
    public void send(List<WarmOrder> sent) {
        orders.addAll(sent);
    }

    /** All that was sent. */
    public List<WarmOrder> orders() {
        return List.copyOf(orders);
    }
}
