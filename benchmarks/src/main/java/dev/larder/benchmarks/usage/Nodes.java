package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.testevents.TestEvents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The nodes that pull, and what CloudTrail tells of it: each message is the whole event, as EventBridge hands it over. */
public final class Nodes {
    private static final String FILE = "cloudtrail/batch-get-image-node-role.json";
    private static final List<String> ROLES = List.of("eks-node", "eks-node-gpu", "ci-runner");

    /** Sessions of the roles. */
    private static final int SESSIONS = 200;

    private final Random random;
    private final String template =
            TestEvents.json(FILE).replaceAll("\\R\\s*", "").replace("\": ", "\":");
    private final List<String> parts;
    private long messages;

    /** @param random for the choice of nodes and the ids of events */
    public Nodes(Random random) {
        this.random = random;
        this.parts = List.of(marked().split("\u0000", -1));
    }

    private String marked() {
        return template.replace("docker-hub/library/nginx", "\u0000repository\u0000")
                .replace("\"imageTag\":\"1.27\"", "\"imageTag\":\"\u0000tag\u0000\"")
                .replace("eks-node", "\u0000role\u0000")
                .replaceAll("i-[0-9a-f]{17}", "\u0000session\u0000")
                .replaceAll("\"eventID\":\"[^\"]+\"", "\"eventID\":\"\u0000event\u0000\"")
                .replaceAll("\"eventTime\":\"[^\"]+\"", "\"eventTime\":\"\u0000time\u0000\"");
    }

    /** A pull by any node. */
    public SQSMessage pull(Tagged image, Instant time) {
        return pull(image, time, random.nextInt(SESSIONS));
    }

    /** A pull by a node of this role; roles are counted through. */
    public SQSMessage pullByRole(Tagged image, Instant time, int role) {
        return pull(image, time, random.nextInt(SESSIONS / ROLES.size()) * ROLES.size() + role % ROLES.size());
    }

    private SQSMessage pull(Tagged image, Instant time, int session) {
        StringBuilder body = new StringBuilder(template.length() + 64);
        for (String part : parts) {
            body.append(
                    switch (part) {
                        case "repository" -> image.repository().value();
                        case "tag" -> image.tag().value();
                        case "role" -> ROLES.get(session % ROLES.size());
                        case "session" -> String.format("i-%017x", 0x5337_4f60_a4d7_9830L * (session + 1) >>> 1);
                        case "event" -> new UUID(random.nextLong(), random.nextLong());
                        case "time" -> time.truncatedTo(ChronoUnit.SECONDS);
                        default -> part;
                    });
        }
        SQSMessage message = new SQSMessage();
        message.setMessageId(String.valueOf(messages++));
        message.setBody(body.toString());
        return message;
    }
}
