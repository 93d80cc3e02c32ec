package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A type whose resources change nothing here and exist only so that others can refer to them: permissions of
 * queues and functions, log groups, dashboards.
 *
 * @param ref what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record RecordOnly(
        String name,
        Set<String> properties,
        Function<Resource, String> ref,
        Function<Resource, Map<String, String>> attributes)
        implements ResourceType {
    private static final Set<String> TAGS = Set.of("Tags[].Key", "Tags[].Value");

    @Override
    public Deployed deploy(Resource resource) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        attributes.apply(resource).forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
        return new Deployed(ref.apply(resource), values);
    }

    /** All such types. */
    public static List<ResourceType> all() {
        return List.of(
                new RecordOnly(
                        "AWS::IAM::Role",
                        with(
                                TAGS,
                                "AssumeRolePolicyDocument.**",
                                "Description",
                                "ManagedPolicyArns[]",
                                "MaxSessionDuration",
                                "Path",
                                "PermissionsBoundary",
                                "Policies[].PolicyDocument.**",
                                "Policies[].PolicyName",
                                "RoleName"),
                        resource -> resource.nameOr("RoleName", 64),
                        resource -> Map.of(
                                "Arn",
                                "arn:aws:iam::" + resource.stack().account() + ":role"
                                        + resource.text("Path").orElse("/") + resource.nameOr("RoleName", 64),
                                "RoleId",
                                resource.nameOr("RoleName", 64))),
                named("AWS::IAM::Policy", "PolicyDocument.**", "PolicyName", "Roles[]", "Users[]", "Groups[]"),
                new RecordOnly(
                        "AWS::IAM::ManagedPolicy",
                        Set.of(
                                "Description",
                                "ManagedPolicyName",
                                "Path",
                                "PolicyDocument.**",
                                "Roles[]",
                                "Users[]",
                                "Groups[]"),
                        resource -> "arn:aws:iam::" + resource.stack().account() + ":policy/"
                                + resource.nameOr("ManagedPolicyName", 128),
                        resource -> Map.of()),
                named("AWS::SQS::QueuePolicy", "PolicyDocument.**", "Queues[]"),
                named("AWS::Lambda::Permission", "Action", "FunctionName", "Principal", "SourceAccount", "SourceArn"),
                named("AWS::CDK::Metadata", "Analytics"),
                new RecordOnly(
                        "AWS::Logs::LogGroup",
                        with(TAGS, "LogGroupName", "RetentionInDays", "LogGroupClass"),
                        resource -> resource.nameOr("LogGroupName", 512),
                        resource -> Map.of(
                                "Arn",
                                resource.arn("logs", "log-group:" + resource.nameOr("LogGroupName", 512) + ":*"))),
                new RecordOnly(
                        "AWS::CloudWatch::Dashboard",
                        Set.of("DashboardBody", "DashboardName"),
                        resource -> resource.nameOr("DashboardName", 255),
                        resource -> Map.of()));
    }

    private static RecordOnly named(String type, String... properties) {
        return new RecordOnly(type, Set.of(properties), resource -> resource.nameOr("", 128), resource -> Map.of());
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new java.util.HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
