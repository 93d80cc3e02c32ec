package dev.larder.local.ecr.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** CloudTrail's records of calls to ECR, in the newer shape of the published samples (ecr-facts 3.4). */
final class TrailRecords {
    private static final String ECR = "ecr.amazonaws.com";
    private static final int ID_LENGTH = 16;

    private final String account;
    private final String region;

    TrailRecords(String account, String region) {
        this.account = account;
        this.region = region;
    }

    String arn(String repository) {
        return "arn:aws:ecr:" + region + ":" + account + ":repository/" + repository;
    }

    ObjectNode of(Caller caller, Via via, Instant at, String eventName, boolean readOnly, String repository) {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("eventVersion", "1.08");
        record.set("userIdentity", identity(caller, via, at));
        record.put("eventTime", seconds(at))
                .put("eventSource", ECR)
                .put("eventName", eventName)
                .put("awsRegion", region)
                .put("sourceIPAddress", via == Via.REGISTRY ? ECR : "127.0.0.1")
                .put("userAgent", via == Via.REGISTRY ? ECR : "larder-local-client");
        record.putNull("responseElements")
                .put("requestID", UUID.randomUUID().toString())
                .put("eventID", UUID.randomUUID().toString())
                .put("readOnly", readOnly);
        if (!repository.isEmpty()) {
            record.putArray("resources").addObject().put("accountId", account).put("ARN", arn(repository));
        }
        return record.put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", account)
                .put("eventCategory", "Management");
    }

    private static ObjectNode identity(Caller caller, Via via, Instant at) {
        boolean role = caller.session().isPresent();
        String last = caller.name().substring(caller.name().lastIndexOf('/') + 1);
        ObjectNode identity = JsonNodeFactory.instance
                .objectNode()
                .put("type", role ? "AssumedRole" : "IAMUser")
                .put(
                        "principalId",
                        caller.session().map(s -> id("AROA", caller) + ":" + s).orElse(id("AIDA", caller)))
                .put("arn", caller.arn())
                .put("accountId", caller.account())
                .put("accessKeyId", caller.accessKeyId());
        if (role) {
            ObjectNode session = identity.putObject("sessionContext");
            session.putObject("sessionIssuer")
                    .put("type", "Role")
                    .put("principalId", id("AROA", caller))
                    .put("arn", caller.issuerArn())
                    .put("accountId", caller.account())
                    .put("userName", last);
            session.putObject("webIdFederationData");
            session.putObject("attributes").put("creationDate", seconds(at)).put("mfaAuthenticated", "false");
        } else {
            identity.put("userName", last);
        }
        if (via == Via.REGISTRY) {
            identity.put("invokedBy", ECR);
        }
        return identity;
    }

    /** An id that is the same for the same principal, as AWS's are. */
    private static String id(String kind, Caller caller) {
        String hex = Sha256.of((caller.account() + caller.name()).getBytes(StandardCharsets.UTF_8))
                .hex();
        return kind + hex.substring(0, ID_LENGTH).toUpperCase(Locale.ROOT);
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
