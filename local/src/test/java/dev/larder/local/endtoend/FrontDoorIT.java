package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.programs.NeedsPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code larder} as a person meets it, in good and in bad circumstances. */
@NeedsPrograms({"bash", "node", "setsid"})
class FrontDoorIT {
    private static final String REPOSITORY = "mirror/team/app";

    @TempDir
    Path folder;

    private FrontDoor door;

    @BeforeEach
    void build() throws IOException {
        door = FrontDoor.in(folder);
    }

    @AfterEach
    void remove() throws IOException {
        door.close();
    }

    @Test
    void withoutAnyJdkItSaysWhichOneItNeedsAndWhereItLooked() throws Exception {
        FrontDoor.Outcome outcome = door.shell("jdk_candidates() { :; }; find_jdk; echo went on");

        assertEquals(1, outcome.exit());
        assertTrue(outcome.output().startsWith("larder: needs JDK 25 or newer and found none."), outcome.output());
        assertTrue(outcome.output().contains("point JAVA_HOME at one"), outcome.output());
        assertFalse(outcome.output().contains("went on"), outcome.output());
    }

    @Test
    void withAnOldJdkOnlyItNamesIt() throws Exception {
        Path old = jdk("jdk-21", "21.0.8");

        FrontDoor.Outcome outcome = door.shell("jdk_candidates() { echo '" + old + "'; }; find_jdk");

        assertEquals(1, outcome.exit());
        assertTrue(outcome.output().contains("JDK 21 in " + old), outcome.output());
    }

    @Test
    void anOldJdkInJavaHomeIsPassedOverForOneThatWillDo() throws Exception {
        Path old = jdk("jdk-21", "21.0.8");
        Path right = jdk("jdk-25", "25.0.1");

        FrontDoor.Outcome outcome = door.shell(
                "jdk_candidates() { printf '%s\\n' '" + old + "' '" + right + "'; }; find_jdk; echo \"$JAVA_HOME\"");

        assertEquals(new FrontDoor.Outcome(0, right + "\n"), outcome);
    }

    @Test
    void withoutNodeOrWithAnOldOneItSaysSo() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "sed", "head", "env")) {
            Files.createSymbolicLink(tools.resolve(tool), onPath(tool));
        }

        FrontDoor.Outcome without = door.shell("PATH='" + tools + "'; find_node");
        program(tools.resolve("node"), "echo v18.19.0");
        FrontDoor.Outcome old = door.shell("PATH='" + tools + "'; find_node");

        assertEquals(1, without.exit());
        assertTrue(without.output().contains("needs Node.js 20 or newer on the PATH"), without.output());
        assertEquals(1, old.exit());
        assertTrue(old.output().contains("found v18.19.0 at " + tools.resolve("node")), old.output());
    }

    @Test
    void everyProblemOfABrokenFileIsListedWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.yaml"), """
                name: platform-cache
                cells:
                  - { account: "1111", region: eu-central-1 }
                upstreams:
                  quay: { registry: quay, colour: red }
                lifecycle:
                  evict: { notPulledFor: soon }
                """);

        FrontDoor.Outcome outcome = door.run("up", "--config", file.toString(), "--port=0", "--registry-port=0");

        assertEquals(1, outcome.exit(), outcome.output());
        for (String problem : List.of(
                ":3:16 cells[0].account: found \"1111\", expected 12 digits",
                ":5:27 upstreams.quay.colour: found the unknown key \"colour\", expected one of registry,",
                ":7:26 lifecycle.evict.notPulledFor: found \"soon\", expected a duration")) {
            assertTrue(outcome.output().contains(file + problem), outcome.output());
        }
        assertFalse(outcome.output().contains("\tat "), outcome.output());
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        FrontDoor.Outcome outcome = door.run("up", "--config=/nowhere/larder.yaml");

        assertEquals(1, outcome.exit());
        assertTrue(outcome.output().contains("cannot read the configuration /nowhere/larder.yaml"), outcome.output());
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket aws = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FrontDoor.Outcome first = up("--port=" + aws.getLocalPort(), "--registry-port=0");
            FrontDoor.Outcome second = up("--port=0", "--registry-port=" + registry.getLocalPort());

            assertRefused(first, "port " + aws.getLocalPort() + " of 127.0.0.1 is in use", "with --port");
            assertRefused(
                    second, "port " + registry.getLocalPort() + " of 127.0.0.1 is in use", "with --registry-port");
        }
    }

    @Test
    void aDataFolderThatAnotherCloudHasIsLeftAlone() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            FrontDoor.Outcome outcome = up("--port=0", "--registry-port=0", "--data=" + data);

            assertRefused(outcome, data + " is in use by another local cloud", "with --data");
            try (var files = Files.list(data)) {
                assertEquals(1, files.count());
            }
        }
    }

    @Test
    void ctrlCStopsItAndARestartHasLostNothing() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start()) {
            Digest digest = upstream.publish("team/app", "1", FixtureImage.small(1));
            Path file = RealStacks.configure(folder, upstream.url());
            // a plan each quarter of an hour would be most of what happens in the day
            Files.writeString(file, "warm: { schedule: rate(1 day) }\n", StandardOpenOption.APPEND);
            Instant moved;
            try (CloudService cloud = cloud("first.log")) {
                assertEquals(200, cloud.manifest(REPOSITORY, "1").statusCode());
                assertTrue(cloud.awaitQuiet());
                // a day is closed two hours after its end, by the next run of each hour, and it may just have begun
                FrontDoor.Outcome clock =
                        door.run("clock", "--port=" + cloud.endpoint().getPort(), "advance", "28h");
                assertEquals(0, clock.exit(), clock.output());
                assertTrue(cloud.awaitQuiet());
                moved = cloud.now();
                assertEquals(Map.of("anonymous", 1), cloud.table().pulls(REPOSITORY + ":1"));

                List<ProcessHandle> processes = cloud.service().processes();
                cloud.service().interrupt();

                int exit = cloud.service().awaitExit(Duration.ofSeconds(20));
                assertTrue(Set.of(0, 130).contains(exit), "exit " + exit);
                assertTrue(processes.stream().noneMatch(ProcessHandle::isAlive), processes::toString);
                assertTrue(
                        cloud.service().output().endsWith("stopped\n"),
                        cloud.service().output());
            }
            upstream.switchOff();
            try (CloudService cloud = cloud("second.log")) {
                assertTrue(cloud.now().isAfter(moved.minusSeconds(1)), () -> "the clock stood at " + moved);
                String images = cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + REPOSITORY + "\"}");
                assertTrue(images.contains(digest.value()), images);
                assertEquals(200, cloud.manifest(REPOSITORY, digest.value()).statusCode());
                assertEquals(Map.of("anonymous", 1), cloud.table().pulls(REPOSITORY + ":1"));
                assertEquals(1, cloud.table().tagged(REPOSITORY + ":1").pulls());
            }
        }
    }

    @Test
    void ctrlCDuringTheStartLeavesNothing() throws Exception {
        RealStacks.configure(folder, "http://127.0.0.1:9");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var service = door.start(
                "start.log",
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "up",
                "--config=" + folder.resolve("larder.yaml"),
                "--port=0",
                "--registry-port=0")) {
            service.await(Pattern.compile("starting DynamoDB and SQS"), Duration.ofMinutes(1));
            List<ProcessHandle> processes = service.processes();

            service.interrupt();

            assertNotEquals(1, service.awaitExit(Duration.ofSeconds(20)));
            assertTrue(processes.stream().noneMatch(ProcessHandle::isAlive), processes::toString);
            try (var left = Files.list(temporary)) {
                assertEquals(
                        List.of(),
                        left.filter(path -> path.getFileName().toString().startsWith("larder"))
                                .toList());
            }
        }
    }

    private CloudService cloud(String log) throws IOException, InterruptedException {
        return CloudService.of(door.start(
                log,
                FrontDoor.WRITES_CLASS_DATA,
                "up",
                "--config=" + folder.resolve("larder.yaml"),
                "--data=" + folder.resolve("data"),
                "--port=0",
                "--registry-port=0"));
    }

    private FrontDoor.Outcome up(String... options) throws IOException, InterruptedException {
        RealStacks.configure(folder, "http://127.0.0.1:9");
        String[] arguments = new String[options.length + 2];
        arguments[0] = "up";
        arguments[1] = "--config=" + folder.resolve("larder.yaml");
        System.arraycopy(options, 0, arguments, 2, options.length);
        return door.run(arguments);
    }

    private static void assertRefused(FrontDoor.Outcome outcome, String found, String advice) {
        assertEquals(1, outcome.exit(), outcome.output());
        assertTrue(outcome.output().contains(found), outcome.output());
        assertTrue(outcome.output().contains(advice), outcome.output());
        assertFalse(outcome.output().contains("\tat "), outcome.output());
    }

    /** A folder that looks like a JDK. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        program(Files.createDirectories(home.resolve("bin")).resolve("javac"), ":");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String program) {
        for (String each : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(each, program))) {
                return Path.of(each, program);
            }
        }
        throw new IllegalStateException("no " + program + " on the PATH");
    }
}
