package dev.larder.functions.bus;

import dev.larder.events.WarmOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link WarmOrders} that remembers. */
public final class RecordingOrders implements WarmOrders {
    private final List<WarmOrder> orders = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();

    @Override
    public void send(List<WarmOrder> sent) {
        orders.addAll(sent);
    }

    @Override
    public void later(WarmOrder order, Duration delay) {
        later.add(new Later(order, delay));
    }

    /** What was sent to arrive later. */
    public record Later(WarmOrder order, Duration delay) {}

    /** All that was sent again. */
    public List<Later> sentLater() {
        return List.copyOf(later);
    }

    /** All that was sent. */
    public List<WarmOrder> orders() {
        return List.copyOf(orders);
    }
}
