package dev.larder.functions.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that answers as a test says, and remembers what it was asked. */
final class ScriptedRegistry implements AutoCloseable {
    static {
        // without it every small answer waits 40 ms for the client's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> Reply.of(404, "{}");

    record Request(String method, String target, Map<String, String> headers) {
        String path() {
            return target.replaceFirst("\\?.*", "");
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    interface Script {
        Reply reply(Request request);
    }

    /** Writes the body of an answer, and perhaps not all of it. */
    interface Writer {
        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    record Reply(int status, Map<String, String> headers, Writer body) {
        static Reply of(int status, String body, String... namesAndValues) {
            Map<String, String> headers = new TreeMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                headers.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return new Reply(
                    status, headers, exchange -> exchange.getResponseBody().write(bytes));
        }

        static Reply streaming(Writer body) {
            return new Reply(200, Map.of(), body);
        }
    }

    ScriptedRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void script(Script chosen) {
        script = chosen;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> lines() {
        return requests.stream().map(Request::toString).toList();
    }

    void forget() {
        requests.clear();
    }

    /** This server as an upstream, without a budget and without a login. */
    Upstream upstream() {
        return new Upstream("mirror", Registry.CUSTOM, url(), Optional.empty(), List.of(), Optional.empty());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join("|", values)));
            Request request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
            requests.add(request);
            Reply reply = script.reply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            boolean noBody = request.method().equals("HEAD") || reply.status() == 304;
            exchange.sendResponseHeaders(reply.status(), noBody ? -1 : 0);
            if (!noBody) {
                reply.body().write(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
