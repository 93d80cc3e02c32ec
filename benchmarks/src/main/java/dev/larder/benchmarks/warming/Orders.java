package dev.larder.benchmarks.warming;

import dev.larder.domain.warming.Candidate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Warm orders that wait for their time, the earliest first; at most one for each tag. */
final class Orders {
    /** One of them. */
    record Order(long at, int tag, Candidate candidate) {}

    private final PriorityQueue<Order> queue =
            new PriorityQueue<>(Comparator.comparingLong(Order::at).thenComparingInt(Order::tag));
    private final BitSet tags = new BitSet();

    void add(Order order) {
        tags.set(order.tag());
        queue.add(order);
    }

    /** Whether a tag is ordered, and the order waits. */
    boolean has(int tag) {
        return tags.get(tag);
    }

    /** When the earliest is due; {@link Long#MAX_VALUE} when there is none. */
    long next() {
        Order next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }

    /** Takes the earliest out. */
    Order remove() {
        Order order = queue.remove();
        tags.clear(order.tag());
        return order;
    }
}
