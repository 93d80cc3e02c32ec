package dev.larder.functions.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the zip lean: what is in it costs every cold start. A jar is added here on purpose or not at all. */
class FunctionsZipIT {
    private static final Set<String> JARS = new TreeSet<>(List.of(
            "annotations",
            "auth",
            "aws-core",
            "aws-json-protocol",
            "aws-lambda-java-core",
            "aws-lambda-java-events",
            "checksums",
            "checksums-spi",
            "cloudtrail",
            "dynamodb",
            "ecr",
            "ecs",
            "endpoints-spi",
            "eventbridge",
            "eventstream",
            "http-auth",
            "http-auth-aws",
            "http-auth-aws-eventstream",
            "http-auth-spi",
            "http-client-spi",
            "identity-spi",
            "jackson-core",
            "jackson-jr-objects",
            "joda-time",
            "json-utils",
            "jspecify",
            "lambda",
            "larder-config",
            "larder-domain",
            "larder-events",
            "larder-functions",
            "metrics-spi",
            "profiles",
            "protocol-core",
            "reactive-streams",
            "regions",
            "retries",
            "retries-spi",
            "sdk-core",
            "secretsmanager",
            "slf4j-api",
            "sqs",
            "third-party-jackson-core",
            "url-connection-client",
            "utils",
            "utils-lite"));

    @Test
    void theZipHasTheseJarsAndNothingElse() throws IOException {
        assertEquals(
                JARS,
                FunctionsZip.names().stream()
                        .map(name -> name.replaceFirst("^lib/(.*?)-\\d.*\\.jar$", "$1"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void itIsWellBelowWhatLambdaTakes() throws IOException {
        assertTrue(Files.size(FunctionsZip.PATH) < 25_000_000, "Lambda takes 50 MB; a start is faster with less");
    }
}
