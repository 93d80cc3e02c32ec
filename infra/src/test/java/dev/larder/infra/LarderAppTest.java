package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.CfnQueue;

class LarderAppTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/larder/infra");
    private static final Path TOOLKIT = Path.of("node_modules/.bin/cdk");

    @Test
    void aBrokenFileIsToldLineByLineWithoutAStackTrace() throws Exception {
        AppProcess app = AppProcess.run(AppProcess.app(), environment("broken.yaml"));
        assertEquals(1, app.exit(), app.errors());
        List<String> lines = app.errors().lines().toList();
        assertEquals(3, lines.size(), app.errors());
        assertTrue(lines.stream().allMatch(line -> line.contains("broken.yaml:")), app.errors());
        assertTrue(app.errors().contains("cells: found an empty list"), app.errors());
        assertEquals("", app.output());
    }

    @Test
    void theFolderOfTheArgumentsIsFilled() throws Exception {
        Path output = Synthesized.folder();
        AppProcess app = AppProcess.run(AppProcess.app(), environment("account.yaml"), "--output", output.toString());
        assertEquals(0, app.exit(), app.errors());
        assertEquals("", app.errors(), "no warning of the CDK, for instance of something deprecated");
        assertSameTemplates(output);
    }

    @Test
    void aPropertyThatCloudFormationDoesNotKnowFailsTheSynthesis() {
        Path output = Synthesized.folder();
        App app = LarderApp.app(Optional.of(output.toString()));
        CfnQueue queue = new CfnQueue(new Stack(app, "Stack"), "Queue");
        queue.addPropertyOverride("Colour", "blue");
        assertThrows(RuntimeException.class, app::synth);
        String report =
                Synthesized.json(output.resolve("validation-report.json")).toString();
        assertTrue(report.contains("'Colour' was unexpected"), report);
    }

    @Test
    void theToolkitGivesTheSameTemplates() throws Exception {
        assumeToolkit();
        Path output = Synthesized.folder();
        AppProcess cdk = AppProcess.run(
                List.of(TOOLKIT.toString(), "synth", "--quiet"),
                environment("account.yaml"),
                "--app",
                String.join(" ", AppProcess.app()),
                "--output",
                output.toString());
        assertEquals(0, cdk.exit(), cdk.errors());
        assertSameTemplates(output);
    }

    @Test
    void theToolkitStartsTheAppThroughTheFrontScript() {
        assertEquals(
                "../larder cdk-app",
                Synthesized.json(Path.of("cdk.json")).path("app").asText());
        assertTrue(Files.isExecutable(Path.of("../larder")));
    }

    private static void assertSameTemplates(Path output) throws IOException {
        for (String stack : List.of(Synthesized.STACK, Synthesized.SECOND_STACK)) {
            String template = stack + ".template.json";
            assertArrayEquals(
                    Files.readAllBytes(Synthesized.accountOutput().resolve(template)),
                    Files.readAllBytes(output.resolve(template)),
                    template);
        }
    }

    /** Continuous integration installs the toolkit, so there it must not be skipped. */
    private static void assumeToolkit() {
        boolean installed = Files.isExecutable(TOOLKIT);
        assertFalse(!installed && Boolean.parseBoolean(System.getenv("CI")), "npm ci did not install the CDK toolkit");
        assumeTrue(installed, "the CDK toolkit is not installed: run npm ci in infra");
    }

    private static Map<String, String> environment(String config) {
        return Map.of(
                "LARDER_CONFIG", RESOURCES.resolve(config).toString(),
                "LARDER_FUNCTIONS_ZIP", Synthesized.zip("functions").toString(),
                "LARDER_TARGET", "account");
    }
}
