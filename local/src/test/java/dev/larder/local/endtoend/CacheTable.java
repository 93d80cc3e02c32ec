package dev.larder.local.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** The table of the stack, as any DynamoDB client reads it. */
record CacheTable(URI endpoint) {
    private static final String BY = "by arn:aws:iam::111122223333:user/";

    /** Pulls of an image in the buckets of the usage record, by the name of the IAM user who pulled. */
    Map<String, Integer> pulls(String image) throws IOException, InterruptedException {
        Map<String, Integer> pulls = new TreeMap<>();
        for (JsonNode item : query("usage#" + image)) {
            if (item.path("sk").path("S").asText().startsWith("bucket#")) {
                for (Map.Entry<String, JsonNode> attribute : item.properties()) {
                    if (attribute.getKey().startsWith("by ")) {
                        pulls.merge(
                                attribute.getKey().replace(BY, ""),
                                attribute.getValue().path("BS").size(),
                                Integer::sum);
                    }
                }
            }
        }
        return pulls;
    }

    /** A number of a tag's record; 0 when it has none. */
    int number(String repository, String tag, String attribute) throws IOException, InterruptedException {
        for (JsonNode item : query("image#" + repository)) {
            if (item.path("sk").path("S").asText().equals("tag#" + tag)) {
                return item.path(attribute).path("N").asInt();
            }
        }
        return 0;
    }

    /** Whether an import of any image of the repository is recorded. */
    boolean hasImport(String repository) throws IOException, InterruptedException {
        for (JsonNode item : query("image#" + repository)) {
            if (item.has("importedAt") || item.has("mediaType") || item.has("coldPulls")) {
                return true;
            }
        }
        return false;
    }

    private JsonNode query(String pk) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", "DynamoDB_20120810.Query")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=ann/20261124/eu-central-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"TableName":"platform-cache","ConsistentRead":true,"KeyConditionExpression":"pk = :pk",
                         "ExpressionAttributeValues":{":pk":{"S":"%s"}}}""".formatted(pk)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("could not query " + pk + ": " + answer.body());
            }
            return Json.read(answer.body()).path("Items");
        }
    }
}
