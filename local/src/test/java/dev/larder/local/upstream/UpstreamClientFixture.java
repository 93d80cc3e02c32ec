package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A client of an upstream, and the upstream. */
abstract class UpstreamClientFixture {
    static final UpstreamLimits QUICK =
            new UpstreamLimits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(300), 4 << 20);
    final FixtureRegistry fixture = FixtureRegistry.start();

    @AfterEach
    void stop() {
        fixture.close();
    }

    UpstreamRegistry upstream(UpstreamCredentials... credentials) throws UpstreamException {
        return UpstreamRegistry.at(fixture.url(), Stream.of(credentials).findFirst(), QUICK);
    }

    static UpstreamException failure(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(UpstreamException.class, executable);
    }

    static HttpServer serve(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    static int port(HttpServer server) {
        return server.getAddress().getPort();
    }
}
