package dev.larder.functions.sweep;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The kill switch: whether anything may be deleted in this cell at all. It is read, consistently, before each call that
 * deletes, so that turning it off counts from the next call on. That it cannot be read stops everything as well, since the
 * read throws.
 */
public final class EvictionSwitch {
    private static final Key KEY = new Key("lifecycle", "switch");
    private static final String OFF = "off";

    private final Table table;

    /** @param table the cell's */
    public EvictionSwitch(Table table) {
        this.table = table;
    }

    /**
     * How the switch stands.
     *
     * @param by who turned it, for people
     */
    public record State(boolean off, String by, String reason, Instant at) {}

    /** Turns it. */
    public void turn(State state) {
        Map<String, AttributeValue> item = new HashMap<>(KEY.attributes());
        item.put(OFF, Values.flag(state.off()));
        item.put("by", Values.text(state.by()));
        item.put(Attributes.REASON, Values.text(state.reason()));
        item.put("at", Values.instant(state.at()));
        table.put(item);
    }

    /** How it stands; absent when nobody ever turned it, which means on. */
    public Optional<State> state() {
        return table.get(KEY).map(EvictionSwitch::read);
    }

    /** Why nothing may be deleted now; absent when it may. */
    public Optional<String> off() {
        return state().filter(State::off)
                .map(state -> "the switch is off since " + state.at() + ", by " + state.by()
                        + (state.reason().isEmpty() ? "" : ": " + state.reason()));
    }

    private static State read(Item item) {
        return new State(
                item.flag(OFF),
                item.text("by").orElse("somebody"),
                item.text(Attributes.REASON).orElse(""),
                item.instant("at").orElse(Instant.EPOCH));
    }
}
