package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final String LEAST = """
            name: cache
            cells: [{ account: "111122223333", region: eu-central-1 }]
            upstreams: { quay: { registry: quay } }
            """;

    @TempDir
    private Path folder;

    @Test
    void whatTheFileLeavesOutHasADefault() {
        LarderConfig config = ConfigFile.parse(LEAST, "larder.yaml", Target.ACCOUNT);

        assertEquals(new Usage(Duration.ofDays(7), List.of()), config.usage());
        assertEquals(
                new Warm(
                        "rate(15 minutes)",
                        List.of("linux/amd64"),
                        List.of(),
                        List.of(),
                        new Warm.Popular(1000, 2, Duration.ofDays(14)),
                        new Warm.Limits(500, 500_000_000_000L),
                        List.of(),
                        List.of()),
                config.warm());
        assertEquals(
                new Lifecycle(
                        false,
                        "rate(1 day)",
                        new Lifecycle.Evict(
                                Duration.ofDays(30),
                                Duration.ofDays(30),
                                Duration.ofDays(30),
                                2,
                                List.of(),
                                false,
                                new Lifecycle.Limits(1000, 1_000_000_000_000L, 50, 10)),
                        List.of(),
                        List.of()),
                config.lifecycle());
        assertEquals(
                List.of(new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty())),
                config.upstreams());
    }

    @Test
    void anUpstreamsRepositoriesDifferKeyByKey() {
        String text = """
                name: cache
                cells: [{ account: "111122223333", region: eu-central-1 }]
                upstreams:
                  quay: { registry: quay, repositories: { expire: [], tags: { team: b } } }
                  k8s: { registry: k8s }
                repositories:
                  expire: [{ images: untagged, olderThan: 90d }]
                  tags: { team: a, stage: prod }
                  scanOnPush: true
                """;

        LarderConfig config = ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT);

        CachedRepositories quay = config.repositories("quay");
        CachedRepositories k8s = config.repositories("k8s");
        assertEquals(Optional.empty(), quay.lifecyclePolicyText());
        assertEquals(Map.of("team", "b"), quay.tags());
        assertEquals(Optional.of(true), quay.scanOnPush());
        assertEquals(Map.of("team", "a", "stage", "prod"), k8s.tags());
        assertEquals(Optional.empty(), k8s.tagMutability(), "as it is");
        assertEquals(
                Optional.of("{\"rules\":[{\"rulePriority\":1,"
                        + "\"description\":\"larder: untagged images that came more than 90 days ago\","
                        + "\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\","
                        + "\"countUnit\":\"days\",\"countNumber\":90},\"action\":{\"type\":\"expire\"}}]}"),
                k8s.lifecyclePolicyText());
    }

    @Test
    void statementsAreMarkedAsLarders() {
        String policy = """
                repositories:
                  policy:
                    - { Sid: "Org", Effect: Allow, Principal: "*", Action: "ecr:BatchGetImage" }
                    - { Effect: Deny, Principal: { AWS: ["1"] }, Action: ["ecr:*"], Condition: { Bool: { "a\\"b": true } } }
                """;

        assertEquals(
                Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Sid\":\"LarderOrg\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\"},"
                        + "{\"Sid\":\"Larder2\",\"Effect\":\"Deny\",\"Principal\":{\"AWS\":[\"1\"]},\"Action\":[\"ecr:*\"],"
                        + "\"Condition\":{\"Bool\":{\"a\\\"b\":true}}}]}"),
                ConfigFile.parse(LEAST + policy, "larder.yaml", Target.ACCOUNT)
                        .repositories("quay")
                        .repositoryPolicyText());
    }

    @Test
    void emptySectionsHaveTheSameDefaultsAsMissingOnes() {
        String sections = """
                usage: {}
                warm: { popular: {}, limits: {}, track: [], substitutes: {}, cells: same }
                lifecycle: { evict: { limits: {} }, rules: [], quotas: [] }
                repositories: { expire: [], policy: [], tags: {} }
                """;

        assertEquals(
                ConfigFile.parse(LEAST, "larder.yaml", Target.ACCOUNT),
                ConfigFile.parse(LEAST + sections, "larder.yaml", Target.ACCOUNT));
    }

    @Test
    void teamsKeepTheOrderOfTheFile() {
        String teams = "usage: { teams: { zoo: [pod/zoo/*], ant: [node/*, pod/ant/*], bee: ['444455556666'] } }\n";

        Usage usage =
                ConfigFile.parse(LEAST + teams, "larder.yaml", Target.ACCOUNT).usage();

        assertEquals(List.of("zoo", "ant", "bee"), List.copyOf(usage.teams().keySet()));
        assertEquals(List.of("node/*", "pod/ant/*"), usage.teams().get("ant"));
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
        String text = "usage: { halfLife: 6x }\n" + LEAST.replace("quay }", "kway }") + "warm: { platform: [] }\n";

        InvalidConfigException refused = refused(text);

        assertEquals(
                List.of("usage.halfLife", "upstreams.quay.registry", "warm.platform"),
                refused.problems().stream().map(Problem::path).toList());
        assertEquals(
                "larder.yaml:1:20 usage.halfLife: found \"6x\", expected a duration such as 30m, 6h or 7d",
                refused.getMessage().lines().findFirst().orElseThrow());
    }

    @Test
    void aProblemCannotWriteToTheTerminal() {
        String message =
                refused(LEAST + "usage: { halfLife: \"\\e[31m\\u202E\" }\n").getMessage();

        assertTrue(message.contains("found \"\\u001b[31m\\u202e\""), message);
    }

    @Test
    void aCharacterOfTwoUnitsMayBeAnywhere() {
        for (int place = 0; place < 2100; place++) {
            String text = "#" + "-".repeat(place) + "😀 and on\n" + LEAST;

            assertEquals(
                    "cache",
                    ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT).name());
        }
    }

    @Test
    void aSwitchThatIsForcedToBeOneIsStillReadByItsWord() {
        String message = refused(LEAST + "lifecycle: { enforce: !!bool yes }\n").getMessage();

        assertEquals("larder.yaml:4:23 lifecycle.enforce: found yes, expected true or false", message);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.yaml");

        assertEquals(
                missing + ": found no such file, expected a Larder configuration; name another one, or start from the"
                        + " example",
                refused(missing).getMessage());
    }

    @Test
    void aDirectoryIsNoFile() {
        assertEquals(
                folder + ": found a directory, expected a file that can be read",
                refused(folder).getMessage());
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("larder.yaml"), new byte[] {'n', (byte) 0xff, (byte) 0xfe});

        assertEquals(
                file + ": found bytes that are not UTF-8, expected a text file in UTF-8",
                refused(file).getMessage());
    }

    @Test
    void aHugeFileIsNotReadAtAll() throws IOException {
        Path file = Files.writeString(folder.resolve("larder.yaml"), "#".repeat(YamlText.MAXIMUM_LENGTH + 1));

        assertTrue(refused(file).getMessage().contains("found 1048577 bytes, expected at most 1048576"));
    }

    @Test
    void aDeployRefusesACustomRegistryAndSaysWhatToDo() {
        String text = LEAST.replace("registry: quay", "registry: custom, url: 'http://127.0.0.1:5001'");

        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT));

        assertEquals(
                "larder.yaml:3:32 upstreams.quay.registry: found \"custom\", expected a registry that ECR can cache:"
                        + " ECR has no rules for other registries, only the local cloud has; for a deploy remove this"
                        + " upstream, or keep it in another file for the local cloud",
                refused.getMessage());
    }

    private static InvalidConfigException refused(String text) {
        return assertThrows(InvalidConfigException.class, () -> ConfigFile.parse(text, "larder.yaml", Target.ACCOUNT));
    }

    private static InvalidConfigException refused(Path file) {
        return assertThrows(InvalidConfigException.class, () -> ConfigFile.load(file, Target.ACCOUNT));
    }
}
