package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person reads who calls a command wrongly. */
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));

    @TempDir
    private Path folder = Path.of("");

    private Path config = Path.of("");

    @BeforeEach
    void aConfiguration() throws IOException {
        config = folder.resolve("larder.yaml");
        Files.writeString(config, """
                name: test
                cells:
                  - { account: "111122223333", region: eu-central-1 }
                upstreams:
                  quay: { registry: quay }
                """);
    }

    private int run(String... arguments) {
        return commands.execute(arguments);
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : commands.getSubcommands().keySet()) {
            assertEquals(0, run(command, "--help"), command);
        }
        assertTrue(out.toString().contains("Usage: larder top"), out.toString());
    }

    @Test
    void anImageWithoutTagIsRefused() {
        assertEquals(1, run("usage", "nginx", "--config", config.toString()));
        assertEquals(
                "larder: not an image: 'nginx'; expected repository:tag or repository@sha256:...",
                err.toString().strip());
    }

    @Test
    void whatNoUpstreamHasIsNotOrdered() {
        assertEquals(1, run("warm", "docker-hub/library/nginx:1.27", "--config", config.toString()));
        assertTrue(
                err.toString()
                        .contains(
                                "cannot warm docker-hub/library/nginx:1.27: it is under no upstream of the file, or not"
                                        + " in its allow-list; the file has [quay/**]"),
                err.toString());
    }

    @Test
    void anUnknownQueueIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("redrive", "Orders", "--config", config.toString()));
        assertTrue(
                err.toString()
                        .contains(
                                "there is no queue 'Orders'; there are [Pulls, CacheEvents, WarmOrders, LifecycleWork]"),
                err.toString());
    }

    @Test
    void anUnknownCellIsNamedBesideTheKnownOnes() {
        assertEquals(1, run("top", "--config", config.toString(), "--cell", "999988887777/eu-west-1"));
        assertTrue(
                err.toString().contains("has no cell 999988887777/eu-west-1; it has [111122223333/eu-central-1]"),
                err.toString());
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertEquals(1, run("top", "--config", folder.resolve("none.yaml").toString()));
        assertTrue(err.toString().contains("none.yaml"), err.toString());
    }

    @Test
    void undoWantsARunOrAnImageAndNotBoth() {
        assertEquals(2, run("undo", "--config", config.toString()));
        assertEquals(2, run("undo", "--run", "1", "quay/a/b:1", "--config", config.toString()));
    }

    @Test
    void aTimeThatCannotBeIsNamedBesideTheOnesThatCan() {
        assertEquals(2, run("top", "--since", "yesterday", "--config", config.toString()));
        assertTrue(err.toString().contains("found 'yesterday', expected days or weeks such as 30d"), err.toString());
        assertEquals(2, run("usage", "--since", "6h", "--config", config.toString()));
    }

    @Test
    void whatPullsCannotBeAddedUpByIsNamedBesideWhatTheyCan() {
        assertEquals(2, run("usage", "--by", "colour", "--config", config.toString()));
        assertTrue(
                err.toString().contains("[team, principal, image, repository, upstream, day]")
                        && err.toString().contains("'colour'"),
                err.toString());
        assertEquals(2, run("top", "--by", "colour", "--config", config.toString()));
    }

    @Test
    void aListOfImagesInUseWantsAClusterAndATimeThatCanBe() {
        assertEquals(2, run("in-use", "put", "-", "--config", config.toString()));
        assertTrue(err.toString().contains("Missing required option: '--cluster=NAME'"), err.toString());
        assertEquals(2, run("in-use", "put", "-", "--cluster", "a", "--ttl", "2w", "--config", config.toString()));
        assertTrue(
                err.toString().contains("found '2w', expected hours or days such as 12h or 7d, at most 90d"),
                err.toString());
        assertEquals(1, run("in-use", "put", "none.txt", "--cluster", "a", "--config", config.toString()));
        assertTrue(err.toString().contains("larder: there is no file none.txt"), err.toString());
    }

    @Test
    void anUnknownTeamIsNamedBesideTheKnownOnes() throws IOException {
        Files.writeString(config, """
                usage:
                  teams: { shop: ["pod/*/shop-*"], build: ["arn:aws:iam::111122223333:role/ci"] }
                """, StandardOpenOption.APPEND);
        assertEquals(2, run("usage", "--team", "shops", "--config", config.toString()));
        assertTrue(
                err.toString()
                        .contains(
                                "there is no team 'shops' in the file's usage.teams; it has [shop, build, (no team)]"),
                err.toString());
    }

    @Test
    void anImageIsNotAddedUp() {
        assertEquals(2, run("usage", "quay/a/b:1", "--by", "team", "--config", config.toString()));
        assertTrue(err.toString().contains("quay/a/b:1 is one; leave one of them out"), err.toString());
    }

    @Test
    void rebuildIsACommandOfUsageAndNoImage() {
        assertEquals(0, run("usage", "rebuild", "--help"));
        assertTrue(out.toString().contains("Usage: larder usage rebuild"), out.toString());
    }

    @Test
    void aPlanOfWarmingIsACommandOfPlanAndTellsItsReasons() {
        assertEquals(0, run("plan", "warm", "--help"));
        assertTrue(out.toString().contains("Usage: larder plan warm"), out.toString());
        assertTrue(out.toString().contains("for it: pinned, tracked,"), out.toString());
        assertEquals(2, run("plan", "warm", "--reason", "because", "--config", config.toString()));
        assertTrue(
                err.toString().contains("there is no reason 'because'; there are [pinned, tracked,"), err.toString());
    }

    @Test
    void anUnknownUpstreamIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("plan", "warm", "--upstream", "ghcr", "--config", config.toString()));
        assertTrue(err.toString().contains("there is no upstream 'ghcr' in the file; it has [quay]"), err.toString());
    }

    @Test
    void aRuleThatTheFileDoesNotHaveIsNamedBesideThoseThatItHas() throws IOException {
        Files.writeString(config, """
                lifecycle:
                  rules: [{ match: "quay/a/**", notPulledFor: 14d }]
                  quotas: [{ match: "quay/**", bytes: 1GB, notPulledFor: 2d }]
                """, StandardOpenOption.APPEND);
        assertEquals(2, run("plan", "lifecycle", "--rule", "quay/b/**", "--config", config.toString()));
        assertTrue(
                err.toString()
                        .contains("there is no rule or quota 'quay/b/**' in the file; it has [quay/a/**, **, quay/**]"),
                err.toString());
    }

    @Test
    void aPlanThatWasHasNoRulesAndIsPrintedInOneWayOnly() {
        assertEquals(2, run("plan", "lifecycle", "--run", "1", "--all", "--config", config.toString()));
        assertEquals(2, run("plan", "lifecycle", "--json", "--csv", "--config", config.toString()));
    }

    @Test
    void theSwitchIsTurnedOffForAReasonOnly() {
        assertEquals(2, run("eviction", "off", "--config", config.toString()));
        assertTrue(err.toString().contains("Missing required option: '--reason=TEXT'"), err.toString());
        assertEquals(2, run("eviction", "--config", config.toString()));
        assertEquals(0, run("eviction", "off", "--help"));
        assertTrue(out.toString().contains("Usage: larder eviction off"), out.toString());
    }

    @Test
    void whatIsNoImageIsNotExplained() {
        assertEquals(1, run("explain", "abc", "--config", config.toString()));
        assertEquals(
                "larder: not an image: 'abc'; expected repository:tag or repository@sha256:...",
                err.toString().strip());
    }
}
