package dev.larder.local.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A reverse proxy that lets through so many requests in each window, whatever they are, and answers the others with 429. It
 * says how many are left as Docker Hub does: {@code ratelimit-limit: 10;w=60}, {@code ratelimit-remaining: 4;w=60}.
 */
public final class RateLimitedProxy implements AutoCloseable {
    static {
        // without it every small answer waits 40 ms for the client's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final List<String> ASKED = List.of("accept", "authorization", "range");
    private static final List<String> TOLD =
            List.of("content-type", "docker-content-digest", "docker-distribution-api-version", "etag", "link");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String target;
    private final Duration window;
    private final List<Seen> seen = new ArrayList<>();
    private volatile int limit;
    private volatile InstantSource clock = InstantSource.system();

    /**
     * A request that came.
     *
     * @param window the beginning of the window that it fell into
     * @param text method and path
     */
    public record Seen(Instant at, Instant window, String text, boolean refused) {}

    private RateLimitedProxy(HttpServer server, String target, int limit, Duration window) {
        this.server = server;
        this.target = target;
        this.limit = limit;
        this.window = window;
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param target host and port of the registry behind it
     * @param limit how many requests it lets through in each window
     * @param window windows follow each other without a gap, the first began at the epoch
     */
    public static RateLimitedProxy start(String target, int limit, Duration window) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RateLimitedProxy proxy = new RateLimitedProxy(server, target, limit, window);
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    /** {@code http://127.0.0.1:<port>}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Takes the time from here from now on. */
    public void follow(InstantSource time) {
        clock = time;
    }

    /** Everything that came so far. */
    public List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** What it refused. */
    public List<Seen> refused() {
        return seen().stream().filter(Seen::refused).toList();
    }

    /** How many requests came in each window in which any came. */
    public Map<Instant, Integer> perWindow() {
        Map<Instant, Integer> counts = new TreeMap<>();
        seen().forEach(each -> counts.merge(each.window(), 1, Integer::sum));
        return counts;
    }

    /** Lets through so many in each window from now on. */
    public void allow(int requests) {
        synchronized (seen) {
            limit = requests;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant now = clock.instant();
            boolean refused;
            int left;
            synchronized (seen) {
                refused = note(now, exchange.getRequestMethod() + " " + exchange.getRequestURI());
                left = left(now);
            }
            String unit = ";w=" + window.toSeconds();
            exchange.getResponseHeaders().set("ratelimit-limit", limit + unit);
            exchange.getResponseHeaders().set("ratelimit-remaining", left + unit);
            if (refused) {
                refuse(exchange, Duration.between(now, windowOf(now).plus(window)));
            } else {
                forward(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean note(Instant now, String text) {
        boolean refused = left(now) <= 0;
        seen.add(new Seen(now, windowOf(now), text, refused));
        return refused;
    }

    private int left(Instant now) {
        long used = seen.stream()
                .filter(each -> each.window().equals(windowOf(now)) && !each.refused())
                .count();
        return (int) Math.max(0, limit - used);
    }

    private Instant windowOf(Instant time) {
        long length = window.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length) * length);
    }

    private static void refuse(HttpExchange exchange, Duration wait) throws IOException {
        byte[] body = "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"rate limit\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(wait.toSeconds() + 1));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(429, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
        ASKED.forEach(name -> exchange.getRequestHeaders()
                .getOrDefault(name, List.of())
                .forEach(value -> request.header(name, value)));
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        TOLD.forEach(name -> answer.headers()
                .firstValue(name)
                .ifPresent(value -> exchange.getResponseHeaders().set(name, value)));
        try (InputStream body = answer.body()) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                answer.headers()
                        .firstValue("content-length")
                        .ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
                exchange.sendResponseHeaders(answer.statusCode(), -1);
            } else {
                byte[] bytes = body.readAllBytes();
                exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
