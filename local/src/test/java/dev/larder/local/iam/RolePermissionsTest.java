package dev.larder.local.iam;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolePermissionsTest {
    private final RolePermissions permissions = new RolePermissions();
    private final Caller function = new Caller("111122223333", "key", "Recorder", Optional.of("function"));

    @Test
    void aRoleMayDoWhatOneOfItsPoliciesAllowsAndNothingElse() throws JsonProcessingException {
        permissions.role("Recorder");
        refused("dynamodb:PutItem");
        permissions.allow("Recorder", new ObjectMapper().readTree("""
                {"Statement": [
                  {"Effect": "Allow", "Action": ["dynamodb:PutItem", "ecr:Describe*"], "Resource": "*"},
                  {"Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}]}
                """));
        permissions.allow(
                "Recorder",
                new ObjectMapper().readTree("{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:*\"}}"));
        assertDoesNotThrow(() -> permissions.check(function, "dynamodb:PutItem"));
        assertDoesNotThrow(() -> permissions.check(function, "ecr:DescribeImages"));
        assertDoesNotThrow(() -> permissions.check(function, "sts:GetCallerIdentity"));
        refused("sqs:SendMessage");
        refused("dynamodb:PutItemToo");
    }

    @Test
    void usersAndRolesOfNoStackMayDoEverything() {
        permissions.role("Recorder");
        assertDoesNotThrow(() ->
                permissions.check(new Caller("111122223333", "mary", "mary", Optional.empty()), "dynamodb:PutItem"));
        assertDoesNotThrow(() ->
                permissions.check(new Caller("111122223333", "key", "node", Optional.of("i-1")), "dynamodb:PutItem"));
    }

    private void refused(String action) {
        AwsException refused = assertThrows(AwsException.class, () -> permissions.check(function, action));
        assertEquals("AccessDeniedException", refused.code());
        assertEquals(
                "User: arn:aws:sts::111122223333:assumed-role/Recorder/function is not authorized to perform: " + action
                        + " because no identity-based policy allows the " + action + " action",
                refused.message());
    }
}
