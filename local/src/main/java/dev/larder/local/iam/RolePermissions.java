package dev.larder.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.template.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What the roles of the deployed stacks may do, so that a function whose template forgot an action fails here as it would
 * in an account. Only actions are looked at: resources and conditions are not, and users may do everything.
 */
public final class RolePermissions {
    private final Map<String, List<Pattern>> allowed = new ConcurrentHashMap<>();

    /** The same types, whose roles and policies are taken note of when they are deployed. */
    public List<ResourceType> observing(Collection<? extends ResourceType> types) {
        return types.stream()
                .map(type -> switch (type.name()) {
                    case "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> new Observed(type, this);
                    default -> type;
                })
                .toList();
    }

    /** The role is there; it may do nothing yet. */
    void role(String name) {
        actions(name);
    }

    private List<Pattern> actions(String role) {
        return allowed.computeIfAbsent(role, name -> new CopyOnWriteArrayList<>());
    }

    /** The role may do what a policy allows. */
    void allow(String name, JsonNode policy) {
        List<Pattern> actions = actions(name);
        for (JsonNode statement : list(policy.path("Statement"))) {
            if (statement.path("Effect").asText().equals("Allow")) {
                list(statement.path("Action")).forEach(action -> actions.add(pattern(action.asText())));
            }
        }
    }

    private static Iterable<JsonNode> list(JsonNode value) {
        return value.isArray() ? value : List.of(value);
    }

    private static Pattern pattern(String action) {
        String regex = StreamSupport.stream(List.of(action.split("\\*", -1)).spliterator(), false)
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*" + other)
                .orElseThrow();
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Whether a role may call an action; one of no stack may do everything.
     *
     * @param role its ARN, or its name
     */
    public boolean allow(String role, String action) {
        List<Pattern> actions = allowed.get(role.substring(role.lastIndexOf('/') + 1));
        return actions == null
                || actions.stream().anyMatch(each -> each.matcher(action).matches());
    }

    /**
     * Lets a call pass, or not.
     *
     * @param action {@code dynamodb:PutItem}
     * @throws AwsException when the caller is a session of a role that was deployed, and none of its policies allows it
     */
    public void check(Caller caller, String action) throws AwsException {
        if (caller.session().isPresent() && !allow(caller.name(), action)) {
            throw new AwsException(
                    400,
                    "AccessDeniedException",
                    "User: " + caller.arn() + " is not authorized to perform: " + action
                            + " because no identity-based policy allows the " + action + " action");
        }
    }
}
