package dev.larder.local.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.api.EcrApi;
import dev.larder.local.ecr.events.EventBridgeEcrEvents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import dev.larder.local.upstream.MovableClock;
import dev.larder.local.upstream.PullThrough;
import dev.larder.local.upstream.UpstreamProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry endpoint, pulling through and the registry on disk, put together as the local cloud does. */
@NeedsPrograms("skopeo")
class PullThroughEcrTest {
    private static final String ACCOUNT = "111122223333";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final FixtureRegistry upstream = FixtureRegistry.start();
    private final MovableClock clock = new MovableClock();
    private final AuthorizationTokens tokens = new AuthorizationTokens(clock);
    private final Caller mary = new Caller(ACCOUNT, "AKIA1", "mary", Optional.empty());
    private final List<String> events = new CopyOnWriteArrayList<>();
    private EcrRegistry registry;
    private EcrApi api;
    private RegistryEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        EventBridgeEcrEvents sink = new EventBridgeEcrEvents(events::add, ACCOUNT, "eu-central-1", clock);
        registry = EcrRegistry.open(folder.resolve("data"), ACCOUNT, "eu-central-1", clock, sink);
        api = new EcrApi(
                registry,
                new PullThrough(registry, sink, arn -> Optional.empty(), clock),
                sink,
                tokens,
                clock,
                URI.create("http://127.0.0.1:4567"),
                new UpstreamProbe(arn -> Optional.empty()),
                System::nanoTime);
        endpoint = RegistryEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                api,
                registry.blobs(),
                new RegistryLogins(ACCOUNT, tokens::caller),
                line -> {});
    }

    @AfterEach
    void close() {
        endpoint.close();
        registry.close();
        upstream.close();
    }

    private ObjectNode call(String action, String input) throws IOException {
        return api.call(action, (ObjectNode) JSON.readTree(input.replace('\'', '"')), mary, Via.API);
    }

    private void createRule() throws IOException {
        call(
                "CreatePullThroughCacheRule",
                "{'ecrRepositoryPrefix':'mirror','upstreamRegistryUrl':'" + upstream.url() + "'}");
    }

    private Program.Outcome copy(String name) throws Exception {
        return Program.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                "--src-creds",
                "AWS:" + tokens.issue(mary).password(),
                "docker://127.0.0.1:" + endpoint.address().getPort() + "/mirror/team/app:1",
                "oci:" + folder.resolve(name) + ":1");
    }

    @Test
    void skopeosSecondCopyIsServedFromDiskEvenAfterARestart() throws Exception {
        createRule();
        upstream.publish("team/app", "1", FixtureImage.small(1));
        assertEquals(0, copy("first").exit());
        upstream.forgetRequests();
        close();
        open();

        Program.Outcome second = copy("second");

        assertEquals(0, second.exit(), second.output());
        assertEquals(List.of(), upstream.requests());
        assertEquals(3, count("\"action-type\":\"PUSH\""));
        assertEquals(1, count("ECR Pull Through Cache Action"));
        assertTrue(events.stream()
                .filter(event -> event.contains("\"eventName\":\"BatchGetImage\""))
                .allMatch(event -> event.contains("user/mary")));
    }

    @Test
    void aFailedImportLeavesNothing() throws Exception {
        createRule();
        upstream.publish("team/app", "1", FixtureImage.small(1));
        upstream.faults(request -> request.isBlob() ? Optional.of(new Fault.WrongBytes()) : Optional.empty());

        Program.Outcome failed = copy("first");

        assertFalse(failed.exit() == 0);
        assertEquals(0, call("DescribeRepositories", "{}").path("repositories").size());
        upstream.heal();
        assertEquals(0, copy("first").exit());
    }

    @Test
    void aRuleIsValidatedAgainstItsUpstream() throws Exception {
        createRule();
        String rule = "{'ecrRepositoryPrefix':'mirror'}";
        assertTrue(call("ValidatePullThroughCacheRule", rule).path("isValid").asBoolean());
        upstream.switchOff();
        assertFalse(call("ValidatePullThroughCacheRule", rule).path("isValid").asBoolean());
    }

    private long count(String text) {
        return events.stream().filter(event -> event.contains(text)).count();
    }
}
