package dev.larder.local.front;

import dev.larder.local.aws.AwsException;
import dev.larder.local.iam.RolePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the service that a request is for, and writes its errors as the caller's protocol has them. */
final class Router {
    private static final Map<String, String> BY_TARGET = Map.of(
            "DynamoDB_20120810", "dynamodb",
            "AmazonSQS", "sqs",
            "AWSEvents", "events",
            "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "cloudtrail",
            "AmazonEC2ContainerRegistry_V20150921", "ecr",
            "AmazonEC2ContainerServiceV20141113", "ecs",
            "secretsmanager", "secretsmanager");
    private static final Map<String, String> BY_PATH = Map.of(
            "/2015-03-31/functions", "lambda",
            "/2015-03-31/event-source-mappings", "lambda",
            "/schedules", "scheduler",
            "/schedule-groups", "scheduler");

    private final Map<String, AwsService> services;
    private final RolePermissions permissions;

    Router(Map<String, AwsService> services, RolePermissions permissions) {
        this.services = Map.copyOf(services);
        this.permissions = permissions;
    }

    Reply route(Call call, Credential credential) {
        String name = credential.service().isEmpty() ? guess(call) : credential.service();
        try {
            AwsService service = services.get(name);
            if (service == null) {
                throw new AwsException(
                        400,
                        "UnknownOperationException",
                        "the local cloud does not imitate '" + (name.isEmpty() ? call.path() : name) + "'; it has "
                                + new TreeSet<>(services.keySet()));
            }
            String action = service.action(call);
            if (!action.isEmpty()) {
                permissions.check(call.caller(), name + ":" + permission(name, action));
            }
            return service.handle(call);
        } catch (AwsException e) {
            return error(name, call, e);
        } catch (RuntimeException e) {
            return error(name, call, new AwsException(500, "InternalFailure", name + " failed at " + call + ": " + e));
        }
    }

    /**
     * SQS's batch actions need the permission of the single ones (SQS developer guide, API permissions reference), and {@code
     * ListImageReferrers} that of {@code BatchGetImage} (ECR API reference).
     */
    private static String permission(String service, String action) {
        if (service.equals("ecr") && action.equals("ListImageReferrers")) {
            return "BatchGetImage";
        }
        return service.equals("sqs") && action.endsWith("Batch")
                ? action.substring(0, action.length() - "Batch".length())
                : action;
    }

    private static String guess(Call call) {
        String target = call.header("x-amz-target").orElse("");
        if (target.contains(".")) {
            return BY_TARGET.getOrDefault(target.substring(0, target.lastIndexOf('.')), target);
        }
        Optional<String> byPath = BY_PATH.entrySet().stream()
                .filter(entry -> call.path().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return byPath.orElseGet(
                () -> call.parameters().getOrDefault("Version", "").equals("2011-06-15") ? "sts" : "");
    }

    private static Reply error(String service, Call call, AwsException e) {
        if (service.equals("s3")) {
            return Reply.xml(
                    e.status(),
                    "<Error><Code>" + Reply.escape(e.code()) + "</Code><Message>" + Reply.escape(e.message())
                            + "</Message></Error>");
        }
        if (call.header("x-amz-target").isPresent()) {
            return JsonProtocol.error(e);
        }
        boolean form = call.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        return form ? Reply.xmlError(e) : Reply.restError(e);
    }
}
