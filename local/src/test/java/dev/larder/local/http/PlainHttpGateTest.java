package dev.larder.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainHttpGateTest {
    private static final int MANY = 3_000_000;

    private HttpServer server;
    private PlainHttpGate gate;

    @BeforeEach
    void open() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.create(free, 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] sent = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, sent.length + MANY);
                exchange.getResponseBody().write(sent);
                exchange.getResponseBody().write(new byte[MANY]);
            }
        });
        server.start();
        gate = PlainHttpGate.open(free, server.getAddress());
    }

    @AfterEach
    void close() {
        gate.close();
        server.stop(0);
    }

    @Test
    void httpPassesInBothDirections() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(MANY + 100_000, post(new byte[100_000]).body().length);
        }
    }

    @Test
    void aTlsHandshakeIsRefusedAtOnce() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
            byte[] answer = assertTimeoutPreemptively(
                    Duration.ofSeconds(2), () -> client.getInputStream().readAllBytes());
            assertTrue(new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.0 400"));
        }
    }

    @Test
    void aClosedGateCutsWhatIsOpenAndRefusesTheRest() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(100);
            gate.close();
            int end = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                try {
                    return client.getInputStream().read();
                } catch (IOException e) {
                    return -1;
                }
            });
            assertEquals(-1, end);
        }
        assertThrows(ConnectException.class, () -> post(new byte[1]));
    }

    private Socket connect() throws IOException {
        return new Socket(gate.address().getAddress(), gate.address().getPort());
    }

    private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gate.address().getPort() + "/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
