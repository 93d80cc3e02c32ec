package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.EventSink;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.api.EcrApi;
import dev.larder.local.ecr.events.EventBridgeEcrEvents;
import dev.larder.local.ecr.lifecycle.LifecycleRuns;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.front.PortInUseException;
import dev.larder.local.registry.RegistryEndpoint;
import dev.larder.local.registry.RegistryLogins;
import dev.larder.local.upstream.PullThrough;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** ECR: its state on disk, its API, pulling through, and the registry that OCI clients use. */
record EcrParts(EcrRegistry registry, EcrApi api, LifecycleRuns lifecycle, URI endpoint) {
    static EcrParts start(
            CellStacks cell, Path data, int port, EventSink bus, Secrets secrets, InstantSource clock, Parts parts)
            throws IOException {
        EcrEvents events = new EventBridgeEcrEvents(bus, cell.account(), cell.region(), clock);
        EcrRegistry registry = parts.add(EcrRegistry.open(data, cell.account(), cell.region(), clock, events));
        ImageSource images = new PullThrough(registry, events, secrets::credentials, clock);
        AuthorizationTokens tokens = new AuthorizationTokens(clock);
        Later later = new Later();
        RegistryEndpoint endpoint =
                parts.add(endpoint(port, later, registry, new RegistryLogins(cell.account(), tokens::caller)));
        URI address = URI.create("http://127.0.0.1:" + endpoint.address().getPort());
        EcrApi api =
                new EcrApi(registry, images, events, tokens, clock, address, new RuleCheck(secrets), System::nanoTime);
        later.service.complete(api);
        return new EcrParts(registry, api, new LifecycleRuns(registry, events), address);
    }

    private static RegistryEndpoint endpoint(int port, JsonService api, EcrRegistry registry, RegistryLogins logins)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return RegistryEndpoint.start(address, api, registry.blobs(), logins, line -> {});
        } catch (IOException e) {
            if (e.getCause() instanceof BindException taken) {
                throw new PortInUseException(port, "--registry-port", taken);
            }
            throw e;
        }
    }

    /** A small image of a public upstream, or else of whatever upstream there is. */
    String exampleImage() {
        return Stream.of("ecr-public/docker/library/busybox:latest", "quay/prometheus/busybox:latest")
                .filter(image ->
                        registry.ruleFor(image.substring(0, image.indexOf(':'))).isPresent())
                .findFirst()
                .orElse("<prefix>/<repository>:<tag>");
    }

    /** ECR's API names the registry's port, and the registry asks the API: the one that is made first waits. */
    private static final class Later implements JsonService {
        private final CompletableFuture<JsonService> service = new CompletableFuture<>();

        @Override
        public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
            return service.join().call(action, input, caller, via);
        }
    }
}
