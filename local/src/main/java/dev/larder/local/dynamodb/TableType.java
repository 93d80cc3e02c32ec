package dev.larder.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Backend;
import dev.larder.local.front.Json;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables: keys, indexes and time to live are created; billing, protection, recovery and encryption have no meaning here.
 *
 * @param name {@code AWS::DynamoDB::Table} or {@code AWS::DynamoDB::GlobalTable}, which differ little
 */
public record TableType(String name, Backend dynamoDb, TimeToLive timeToLive) implements ResourceType {
    private static final Set<String> PROPERTIES = Set.of(
            "AttributeDefinitions[].AttributeName",
            "AttributeDefinitions[].AttributeType",
            "BillingMode",
            "ContributorInsightsSpecification.Enabled",
            "DeletionProtectionEnabled",
            "GlobalSecondaryIndexes[].IndexName",
            "GlobalSecondaryIndexes[].KeySchema[].AttributeName",
            "GlobalSecondaryIndexes[].KeySchema[].KeyType",
            "GlobalSecondaryIndexes[].Projection.ProjectionType",
            "GlobalSecondaryIndexes[].Projection.NonKeyAttributes[]",
            "KeySchema[].AttributeName",
            "KeySchema[].KeyType",
            "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
            "PointInTimeRecoverySpecification.RecoveryPeriodInDays",
            "Replicas[].DeletionProtectionEnabled",
            "Replicas[].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
            "Replicas[].PointInTimeRecoverySpecification.RecoveryPeriodInDays",
            "Replicas[].Region",
            "Replicas[].Tags[].Key",
            "Replicas[].Tags[].Value",
            "SSESpecification.SSEEnabled",
            "SSESpecification.SSEType",
            "TableClass",
            "TableName",
            "Tags[].Key",
            "Tags[].Value",
            "TimeToLiveSpecification.AttributeName",
            "TimeToLiveSpecification.Enabled");

    @Override
    public Set<String> properties() {
        return PROPERTIES;
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String table = resource.nameOr("TableName", 255);
        try {
            check(resource, table, dynamoDb.call("DescribeTable", Json.object().put("TableName", table)));
        } catch (AwsException e) {
            if (!e.code().equals("ResourceNotFoundException")) {
                throw e;
            }
            dynamoDb.call("CreateTable", request(resource, table));
        }
        JsonNode ttl = resource.get("TimeToLiveSpecification");
        if (ttl.path("Enabled").asBoolean()) {
            timeToLive.watch(table, ttl.path("AttributeName").asText());
        }
        return new Deployed(table, Map.of("Arn", TextNode.valueOf(resource.arn("dynamodb", "table/" + table))));
    }

    private static ObjectNode request(Resource resource, String table) {
        ObjectNode request = resource.properties().deepCopy();
        request.retain(List.of("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes"));
        request.path("GlobalSecondaryIndexes")
                .forEach(index -> ((ObjectNode) index).remove("ContributorInsightsSpecification"));
        return request.put("TableName", table).put("BillingMode", "PAY_PER_REQUEST");
    }

    private static void check(Resource resource, String table, JsonNode found) throws TemplateException {
        JsonNode wanted = resource.get("KeySchema");
        JsonNode actual = found.path("Table").path("KeySchema");
        if (!wanted.equals(actual)) {
            throw resource.broken("has the key " + wanted + ", but the table " + table + " in the data folder has "
                    + actual + ". Start with an empty --data folder.");
        }
    }
}
