package dev.larder.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.iam.RolePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What passes between this cell's buses and those of the cells that it is connected with. An event keeps the account, the
 * region and the time that it was put with; in another region it gets an id of its own (localstack#11027, where that was
 * recorded from AWS).
 */
public final class BusToBus implements AutoCloseable {
    /** What a sender's role and a receiver's policy must allow. */
    static final String PUT = "events:PutEvents";

    private static final String BUS = "event-bus/";

    private final String account;
    private final String region;
    private final RolePermissions permissions;
    private final Consumer<String> log;
    private final Map<String, Neighbour> neighbours = new ConcurrentHashMap<>();
    private final Map<String, BusStatement> statements = new ConcurrentHashMap<>();

    /** The bus of another cell, and what it lets in. */
    private record Neighbour(BusToBus gate, EventBus bus) {}

    /**
     * A cell that is connected with none.
     *
     * @param permissions of the roles that rules send with
     * @param log takes a line for each event that may not pass
     */
    public BusToBus(String account, String region, RolePermissions permissions, Consumer<String> log) {
        this.account = account;
        this.region = region;
        this.permissions = permissions;
        this.log = log;
    }

    /** Whether an ARN is that of a bus. */
    static boolean isBus(String arn) {
        return arn.startsWith("arn:aws:events:") && arn.contains(":" + BUS);
    }

    /** The bus of this name lets in what the statement allows; another with the same id goes. */
    void allow(String id, BusStatement statement) {
        statements.put(id, statement);
    }

    void connect(BusToBus gate, EventBus bus) {
        if (gate.cell().equals(cell())) {
            throw new IllegalArgumentException("both clouds stand for the cell " + cell());
        }
        neighbours.put(gate.cell(), new Neighbour(gate, bus));
        log.accept("what rules forward to " + gate.cell() + " arrives there from now on");
    }

    /** Brings an event to another cell's bus; what may not pass is dropped, and so is what is for a cell that is not connected. */
    void send(Rule.Target target, ObjectNode event) {
        String[] arn = target.arn().split(":", 6);
        Neighbour neighbour = neighbours.get(arn[4] + "/" + arn[3]);
        if (neighbour == null) {
            return;
        }
        Optional<String> refusal = refusal(target, neighbour, event, !arn[4].equals(account));
        if (refusal.isEmpty()) {
            neighbour.bus().put(arn[5].substring(BUS.length()), arriving(event, !arn[3].equals(region)));
        } else {
            log.accept("the event " + event.path("id").asText() + ", "
                    + event.path("detail-type").asText() + ", is not put on " + target.arn() + ": " + refusal.get());
        }
    }

    private Optional<String> refusal(Rule.Target target, Neighbour neighbour, JsonNode event, boolean otherAccount) {
        if (!event.path("account").asText().equals(account)
                || !event.path("region").asText().equals(region)) {
            return Optional.of("it came from another bus, and EventBridge sends none on to a third");
        }
        if (target.role().filter(role -> !permissions.allow(role, PUT)).isPresent()) {
            return Optional.of("the role " + target.role().get() + " may not call " + PUT);
        }
        // within an account a role that may is enough; across accounts the bus must let them in as well
        boolean needsPolicy = otherAccount || target.role().isEmpty();
        return needsPolicy && !neighbour.gate().lets(account, target.arn(), event)
                ? Optional.of("its policy does not let the account " + account + " put it there")
                : Optional.empty();
    }

    private boolean lets(String sender, String bus, JsonNode event) {
        return statements.values().stream().anyMatch(statement -> statement.allows(sender, bus, event));
    }

    private static String arriving(ObjectNode event, boolean otherRegion) {
        return (otherRegion ? event.deepCopy().put("id", UUID.randomUUID().toString()) : event).toString();
    }

    private String cell() {
        return account + "/" + region;
    }

    /** Nothing arrives here any more. */
    @Override
    public void close() {
        neighbours.values().forEach(neighbour -> neighbour.gate().neighbours.remove(cell()));
    }
}
