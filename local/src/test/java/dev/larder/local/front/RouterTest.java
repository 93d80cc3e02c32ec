package dev.larder.local.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.iam.RolePermissions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Router router = new Router(
            Map.of(
                    "sqs",
                    call -> Reply.xml(200, "queue"),
                    "ecr",
                    new JsonProtocol((action, input, caller, via) -> {
                        throw new AwsException(400, "RepositoryNotFoundException", "no repository " + action);
                    }),
                    "scheduler",
                    call -> Reply.rest(200, Json.object().put("path", call.path())),
                    "broken",
                    call -> {
                        throw new IllegalStateException("a bug");
                    }),
            new RolePermissions());

    @Test
    void theSignatureDecides() {
        assertEquals("queue", text(route("sqs", Map.of(), "/111122223333/q")));
    }

    @Test
    void withoutASignatureTargetAndPathDecide() {
        Reply ecr = route("", Map.of("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.ListImages"), "/");
        assertEquals(
                "{\"__type\":\"RepositoryNotFoundException\",\"message\":\"no repository ListImages\"}", text(ecr));
        assertEquals("{\"path\":\"/schedules/x\"}", text(route("", Map.of(), "/schedules/x")));
    }

    @Test
    void whatIsNotImitatedIsRefusedByNameInTheCallersProtocol() {
        Reply json = route("ssm", Map.of("x-amz-target", "AmazonSSM.GetParameter"), "/");
        assertEquals(400, json.status());
        assertTrue(text(json).contains("does not imitate 'ssm'; it has [broken, ecr, scheduler, sqs]"), text(json));
        Reply query = route("iam", Map.of("content-type", "application/x-www-form-urlencoded"), "/");
        assertTrue(text(query).startsWith("<ErrorResponse><Error><Type>Sender</Type><Code>Unknown"), text(query));
        Reply rest = route("batch", Map.of(), "/v1/x");
        assertEquals("UnknownOperationException", rest.headers().get("x-amzn-ErrorType"));
        assertTrue(text(route("s3", Map.of(), "/")).startsWith("<Error><Code>"));
    }

    @Test
    void aBugHereIsAnInternalFailureThatSaysWhere() {
        Reply reply = route("broken", Map.of(), "/x");
        assertEquals(500, reply.status());
        assertTrue(text(reply).contains("a bug"), text(reply));
    }

    private Reply route(String service, Map<String, String> headers, String path) {
        Call call = new Call(
                "POST", path, "", headers, new byte[0], new Caller("111122223333", "me", "me", Optional.empty()));
        return router.route(call, new Credential("me", service));
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
