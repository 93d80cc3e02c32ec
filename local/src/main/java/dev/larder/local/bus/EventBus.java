package dev.larder.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.EventSink;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.event.ruler.Machine;

/** The cell's event buses and rules, matched by AWS's Event Ruler. A put returns when the targets have the event. */
public final class EventBus implements EventSink, AutoCloseable {
    /** The bus that AWS services put their events on. */
    public static final String DEFAULT = "default";

    private static final int REMEMBERED = 1000;
    private static final List<String> FROM_CLOUDTRAIL =
            List.of("AWS API Call via CloudTrail", "AWS Service Event via CloudTrail");

    private final Deliveries deliveries;
    private final BusToBus elsewhere;
    private final Map<String, Compiled> rules = new ConcurrentHashMap<>();
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Deque<String> remembered = new ArrayDeque<>();

    /**
     * Takes where rules send to.
     *
     * @param deliveries takes what is for queues and functions
     * @param elsewhere takes what is for other cells' buses
     */
    public EventBus(Deliveries deliveries, BusToBus elsewhere) {
        this.deliveries = deliveries;
        this.elsewhere = elsewhere;
    }

    /**
     * Adds a rule, or replaces the one of its bus and name.
     *
     * @throws IllegalArgumentException when its pattern is broken
     */
    public void add(Rule rule) {
        Machine machine = Machine.builder().build();
        try {
            machine.addRule(rule.name(), rule.pattern());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the pattern of rule " + rule.name() + " is broken: " + e.getMessage(), e);
        }
        rules.put(rule.bus() + "/" + rule.name(), new Compiled(rule, machine));
    }

    /** A bus lets in what the statement allows; of two with the same id, the later one. */
    void allow(String id, BusStatement statement) {
        elsewhere.allow(id, statement);
    }

    /**
     * From now on what rules send to the other cell's buses arrives there, as far as it may.
     *
     * @throws IllegalArgumentException when it is the same cell
     */
    public void connect(EventBus other) {
        elsewhere.connect(other.elsewhere, other);
    }

    /** The rules of all buses, by name. */
    public List<Rule> rules() {
        return rules.values().stream()
                .map(Compiled::rule)
                .sorted(Comparator.comparing(Rule::name))
                .toList();
    }

    /** Puts a tap behind those that are there. */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** Takes a tap away. */
    public void remove(Tap tap) {
        taps.remove(tap);
    }

    @Override
    public void put(String event) {
        put(DEFAULT, event);
    }

    /** Puts an event on a bus; the taps see it first. */
    public void put(String bus, String event) {
        Collection<String> passing = List.of(event);
        for (Tap tap : taps) {
            passing = passing.stream().flatMap(each -> tap.pass(each).stream()).toList();
        }
        passing.forEach(each -> deliver(bus, each));
    }

    /**
     * Delivers an event once more, as EventBridge may, without asking the taps.
     *
     * @param eventId the event's {@code id}
     * @throws IllegalArgumentException when none of the last 1000 events of the default bus has it
     */
    public void deliverAgain(String eventId) {
        String event = remembered().stream()
                .filter(each -> Json.read(each).path("id").asText().equals(eventId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "none of the last " + REMEMBERED + " events has the id " + eventId));
        deliver(DEFAULT, event);
    }

    /** The last events of the default bus, oldest first. */
    public List<String> remembered() {
        synchronized (remembered) {
            return List.copyOf(remembered);
        }
    }

    /** Brings an event to the rules' targets, without asking the taps: for a tap that held it. */
    public void deliver(String bus, String event) {
        ObjectNode parsed = Json.read(event);
        if (bus.equals(DEFAULT)) {
            remember(event);
        }
        for (Compiled compiled : rules.values()) {
            Rule rule = compiled.rule();
            if (rule.bus().equals(bus) && sees(rule, parsed) && matches(compiled, event)) {
                rule.targets().forEach(target -> send(target, event, parsed));
            }
        }
    }

    private void send(Rule.Target target, String event, ObjectNode parsed) {
        if (BusToBus.isBus(target.arn())) {
            elsewhere.send(target, parsed);
        } else {
            deliveries.deliver(target.arn(), payload(target, event, parsed));
        }
    }

    private static boolean matches(Compiled compiled, String event) {
        try {
            return !compiled.machine().rulesForJSONEvent(event).isEmpty();
        } catch (Exception e) {
            throw new AwsException(
                    400,
                    "InvalidEventPatternException",
                    "the event cannot be compared with rule " + compiled.rule().name() + ": " + e.getMessage());
        }
    }

    /** Whether a rule in its state gets to see an event. */
    static boolean sees(Rule rule, JsonNode event) {
        boolean readOnly = FROM_CLOUDTRAIL.contains(event.path("detail-type").asText())
                && event.path("detail").path("readOnly").asBoolean();
        return switch (rule.state()) {
            case DISABLED -> false;
            case ENABLED -> !readOnly;
            case ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS -> true;
        };
    }

    private static String payload(Rule.Target target, String event, ObjectNode parsed) {
        Optional<String> part = target.inputPath()
                .map(path -> parsed.at("/" + path.replaceFirst("^\\$\\.?", "").replace('.', '/'))
                        .toString());
        return target.input().or(() -> part).orElse(event);
    }

    private void remember(String event) {
        synchronized (remembered) {
            remembered.addLast(event);
            if (remembered.size() > REMEMBERED) {
                remembered.removeFirst();
            }
        }
    }

    /** Nothing comes from other cells any more. */
    @Override
    public void close() {
        elsewhere.close();
    }

    private record Compiled(Rule rule, Machine machine) {}
}
