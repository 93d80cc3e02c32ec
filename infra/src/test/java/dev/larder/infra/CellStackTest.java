package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.infra.Template.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellStackTest {
    private static final Map<String, Template> CHANGED = new HashMap<>();

    private final Template template = Synthesized.account();

    @Test
    void aStackHasExactlyTheseResources() {
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("AWS::CloudWatch::Alarm", 15),
                        Map.entry("AWS::DynamoDB::Table", 1),
                        Map.entry("AWS::ECR::PullThroughCacheRule", 2),
                        Map.entry("AWS::ECR::PullTimeUpdateExclusion", 4),
                        Map.entry("AWS::ECR::RepositoryCreationTemplate", 2),
                        Map.entry("AWS::Events::Rule", 3),
                        Map.entry("AWS::IAM::Policy", 15),
                        Map.entry("AWS::IAM::Role", 15),
                        Map.entry("AWS::Lambda::Alias", 8),
                        Map.entry("AWS::Lambda::EventSourceMapping", 4),
                        Map.entry("AWS::Lambda::Function", 8),
                        Map.entry("AWS::Lambda::Version", 8),
                        Map.entry("AWS::Logs::LogGroup", 8),
                        Map.entry("AWS::SQS::Queue", 12),
                        Map.entry("AWS::SQS::QueuePolicy", 4),
                        Map.entry("AWS::Scheduler::Schedule", 6))),
                template.counts());
    }

    @Test
    void aTemplateHasNothingBesideItsResources() {
        assertEquals(
                List.of("Description", "Resources"),
                template.json().propertyStream().map(Map.Entry::getKey).toList());
    }

    @Test
    void eachCellIsAStackOfItsOwn() {
        JsonNode artifacts = Synthesized.json(Synthesized.accountOutput().resolve("manifest.json"))
                .path("artifacts");
        assertEquals(
                "aws://111122223333/eu-central-1",
                artifacts.path(Synthesized.STACK).path("environment").asText());
        assertEquals(
                "aws://444455556666/us-east-1",
                artifacts.path(Synthesized.SECOND_STACK).path("environment").asText());
        Template second = Synthesized.template(Synthesized.accountOutput(), Synthesized.SECOND_STACK);
        assertEquals(template.counts(), second.counts());
        assertFalse(second.json().path("Resources").toString().contains("eu-central-1"));
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        Path again =
                Synthesized.synth(Synthesized.config("account.yaml", Target.ACCOUNT), Synthesized.zip("functions"));
        List<Path> files = files(Synthesized.accountOutput());
        assertEquals(names(files), names(files(again)));
        for (Path file : files) {
            assertArrayEquals(
                    Files.readAllBytes(file), Files.readAllBytes(again.resolve(file.getFileName())), file.toString());
        }
    }

    @Test
    void anotherZipIsAnotherAssetAndAnotherVersion() {
        Template other = Synthesized.template(
                Synthesized.synth(Synthesized.config("account.yaml", Target.ACCOUNT), Synthesized.zip("changed")),
                Synthesized.STACK);
        assertNotEquals(key(template), key(other));
        assertNotEquals(versions(template), versions(other));
    }

    @ParameterizedTest
    @CsvSource({"nginx:1.27, nginx:1.28", "halfLife: 7d, halfLife: 8d", "keepNewest: 2, keepNewest: 3"})
    void whatDecidesWhatGoesMakesAnotherVersionOfTheEnforcer(String before, String after) {
        assertEquals(enforcer(template), enforcer(changed("", "")));
        assertNotEquals(enforcer(template), enforcer(changed(before, after)));
    }

    private static Template changed(String before, String after) {
        String file = Synthesized.text("account.yaml");
        assertTrue(file.contains(before));
        // a synth takes seconds
        return CHANGED.computeIfAbsent(
                file.replace(before, after),
                text -> Synthesized.template(
                        Synthesized.synth(
                                ConfigFile.parse(text, "account.yaml", Target.ACCOUNT), Synthesized.zip("functions")),
                        Synthesized.STACK));
    }

    private static List<String> enforcer(Template template) {
        List<String> versions = versions(template).stream()
                .filter(version -> version.startsWith("LifecycleEnforcer"))
                .toList();
        assertEquals(1, versions.size(), versions::toString);
        return versions;
    }

    @Test
    void theAssetManifestNamesTheZipThatTheFunctionsRun() {
        JsonNode files = Synthesized.json(Synthesized.accountOutput().resolve(Synthesized.STACK + ".assets.json"))
                .path("files");
        List<Path> sources = files.valueStream()
                .filter(file -> file.path("destinations")
                        .valueStream()
                        .anyMatch(to -> to.path("objectKey").asText().equals(key(template))))
                .map(file -> Path.of(file.path("source").path("path").asText()))
                .toList();
        assertEquals(1, sources.size());
        assertTrue(Files.isRegularFile(Synthesized.accountOutput().resolve(sources.getFirst())));
    }

    @Test
    void theTableOutlivesTheStack() {
        Resource table = template.resource("AWS::DynamoDB::Table", "TableName", "platform-cache");
        assertEquals("Retain", table.json().path("DeletionPolicy").asText());
        assertEquals("Retain", table.json().path("UpdateReplacePolicy").asText());
        assertTrue(table.properties().path("DeletionProtectionEnabled").asBoolean());
        assertTrue(table.properties()
                .path("PointInTimeRecoverySpecification")
                .path("PointInTimeRecoveryEnabled")
                .asBoolean());
        assertEquals("PAY_PER_REQUEST", table.text("BillingMode"));
        assertEquals(
                "expiresAt",
                table.properties()
                        .path("TimeToLiveSpecification")
                        .path("AttributeName")
                        .asText());
    }

    private static String key(Template template) {
        List<String> keys = template.resources("AWS::Lambda::Function")
                .map(function ->
                        function.properties().path("Code").path("S3Key").asText())
                .distinct()
                .toList();
        assertEquals(1, keys.size(), "one zip for all functions");
        return keys.getFirst();
    }

    private static List<String> versions(Template template) {
        return template.resources("AWS::Lambda::Version").map(Resource::id).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
