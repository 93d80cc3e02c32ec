package dev.larder.local.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.larder.local.iam.RolePermissions;
import dev.larder.local.sts.Callers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The cloud's one HTTP endpoint, on loopback only. */
public final class Front implements AutoCloseable {
    static {
        // without it every small answer waits 40 ms for the client's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Front(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port; nothing is answered before {@link #serve}.
     *
     * @param port 0 for any that is free
     * @throws PortInUseException when another program has it
     */
    public static Front bind(int port) throws PortInUseException {
        try {
            return new Front(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128));
        } catch (IOException e) {
            throw new PortInUseException(port, "--port", e);
        }
    }

    /** The port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What {@code AWS_ENDPOINT_URL} is set to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /**
     * Starts to answer.
     *
     * @param services by the service's name in a credential scope
     * @param permissions of the callers that are sessions of roles
     * @param control the cloud's own paths under {@code /_larder/}
     */
    public void serve(
            Map<String, AwsService> services,
            Callers callers,
            RolePermissions permissions,
            Map<String, HttpHandler> control) {
        Router router = new Router(services, permissions);
        server.createContext("/", exchange -> answer(exchange, router, callers));
        control.forEach((path, handler) -> server.createContext("/_larder/" + path, handler));
        server.setExecutor(threads);
        server.start();
    }

    private static void answer(HttpExchange exchange, Router router, Callers callers) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            URI uri = exchange.getRequestURI();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            Credential credential = Credential.of(headers, query);
            Call call = new Call(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    query,
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    callers.of(credential.accessKeyId()));
            send(exchange, router.route(call, credential));
        }
    }

    /** Sends an answer whole. */
    public static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().putIfAbsent("x-amzn-RequestId", java.util.List.of(Json.requestId()));
        boolean bodiless =
                reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
