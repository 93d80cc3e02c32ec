package dev.larder.local.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.BlobStore;
import dev.larder.local.front.PortInUseException;
import dev.larder.local.http.PlainHttpGate;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The registry that docker, podman, skopeo, crane and containerd pull from: the pull half of the OCI distribution API
 * (specification 1.1) over ECR's own API. What it does not do, a push above all, it refuses by name.
 */
public final class RegistryEndpoint implements AutoCloseable {
    static {
        // without it every small answer waits 40 ms for the client's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final System.Logger LOG = System.getLogger(RegistryEndpoint.class.getName());

    private final HttpServer server;
    private final PlainHttpGate gate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RegistryResources resources;
    private final RegistryLogins logins;
    private final Consumer<AccessLine> log;

    private RegistryEndpoint(
            HttpServer server,
            PlainHttpGate gate,
            RegistryResources resources,
            RegistryLogins logins,
            Consumer<AccessLine> log) {
        this.server = server;
        this.gate = gate;
        this.resources = resources;
        this.logins = logins;
        this.log = log;
    }

    /**
     * Starts serving.
     *
     * @param address a loopback address; port 0 for a free one
     * @param ecr decides on each manifest and blob, and records the calls
     * @param blobs where the bytes of a blob are that ECR grants
     * @param log gets each request when it has been answered
     * @throws PortInUseException when another program has the port
     * @throws IOException when it cannot start for another reason, naming the address
     */
    public static RegistryEndpoint start(
            InetSocketAddress address,
            JsonService ecr,
            BlobStore blobs,
            RegistryLogins logins,
            Consumer<AccessLine> log)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PlainHttpGate gate;
        try {
            gate = PlainHttpGate.open(address, server.getAddress());
        } catch (IOException e) {
            server.stop(0);
            throw e instanceof BindException
                    ? new PortInUseException(address.getPort(), "--registry-port", e)
                    : new IOException("could not start the registry on " + address + ": " + e.getMessage(), e);
        }
        RegistryEndpoint endpoint = new RegistryEndpoint(server, gate, new RegistryResources(ecr, blobs), logins, log);
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return gate.address();
    }

    /** Stops at once; pulls under way break off. */
    @Override
    public void close() {
        gate.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String who = "-";
            RegistryReply reply;
            try {
                Optional<String> authorization =
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
                Caller caller = logins.caller(authorization);
                who = caller.arn();
                reply = resources.answer(
                        RegistryRequest.of(exchange), caller, RegistryLogins.isAnonymous(authorization));
            } catch (RegistryException e) {
                reply = RegistryReply.error(e);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "could not answer " + exchange.getRequestURI(), e);
                reply = RegistryReply.error(new RegistryException(
                        500, "UNKNOWN", "the local registry could not answer: " + e + "; its log has more"));
            }
            // before the answer is sent, so that a client that has it finds the line written
            log.accept(new AccessLine(
                    exchange.getRequestMethod(), String.valueOf(exchange.getRequestURI()), reply.status(), who));
            send(exchange, reply);
        }
    }

    private static void send(HttpExchange exchange, RegistryReply reply) throws IOException {
        boolean hasBody = reply.length() > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (!hasBody) {
            // the JDK's server wants the length of a body that is not sent as a header
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(reply.length()));
        }
        exchange.sendResponseHeaders(reply.status(), hasBody ? reply.length() : -1);
        if (hasBody) {
            reply.body().writeTo(exchange.getResponseBody());
        }
    }
}
