package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.infra.Template.Resource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that Larder's roles may do. Who adds an action edits {@code permissions.txt} on purpose. */
class PermissionsTest {
    private final Template template = Synthesized.account();

    @Test
    void everyRoleMayDoExactlyWhatIsListed() {
        String actual = template.resources("AWS::IAM::Role")
                .map(role -> name(role) + ", assumed by " + trusted(role) + "\n"
                        + permissions(role).map(line -> "  " + line + "\n").collect(Collectors.joining()))
                .sorted()
                .collect(Collectors.joining());
        assertEquals(Synthesized.text("permissions.txt"), actual);
    }

    @Test
    void noRoleHasAPolicyOfAwsOrOneInline() {
        template.resources("AWS::IAM::Role").forEach(role -> {
            assertFalse(role.properties().has("ManagedPolicyArns"), role.id());
            assertFalse(role.properties().has("Policies"), role.id());
        });
    }

    private Stream<String> permissions(Resource role) {
        return template.resources("AWS::IAM::Policy")
                .filter(policy -> policy.properties()
                        .path("Roles")
                        .valueStream()
                        .anyMatch(ref -> template.target(ref).id().equals(role.id())))
                .flatMap(policy -> policy.properties()
                        .path("PolicyDocument")
                        .path("Statement")
                        .valueStream())
                .flatMap(this::lines)
                .sorted();
    }

    private Stream<String> lines(JsonNode statement) {
        assertEquals("Allow", statement.path("Effect").asText());
        assertFalse(statement.has("Condition"));
        String resources = list(statement.path("Resource")).map(this::shown).collect(Collectors.joining(" "));
        return list(statement.path("Action")).map(action -> action.asText() + " on " + resources);
    }

    private String shown(JsonNode resource) {
        if (resource.isTextual()) {
            return resource.asText().replace(":eu-central-1:111122223333:", ":...:");
        }
        Resource target = template.target(resource);
        return switch (target.json().path("Type").asText()) {
            case "AWS::SQS::Queue" -> target.text("QueueName");
            case "AWS::DynamoDB::Table" -> target.text("TableName");
            case "AWS::Logs::LogGroup" -> target.text("LogGroupName");
            case "AWS::Lambda::Alias" ->
                template.target(target.properties().path("FunctionName")).text("FunctionName") + ":"
                        + target.text("Name");
            default -> throw new AssertionError("a grant on " + target.id());
        };
    }

    private static Stream<JsonNode> list(JsonNode oneOrSeveral) {
        return oneOrSeveral.isArray() ? oneOrSeveral.valueStream() : Stream.of(oneOrSeveral);
    }

    private static String name(Resource role) {
        return role.properties().has("RoleName")
                ? role.text("RoleName")
                : role.id().replaceFirst("Role.*", "");
    }

    private static String trusted(Resource role) {
        JsonNode statements = role.properties().path("AssumeRolePolicyDocument").path("Statement");
        assertEquals(1, statements.size(), role.id());
        JsonNode statement = statements.path(0);
        String condition = statement.path("Condition").toString();
        return statement.path("Principal").path("Service").asText() + (condition.isEmpty() ? "" : " if " + condition);
    }
}
