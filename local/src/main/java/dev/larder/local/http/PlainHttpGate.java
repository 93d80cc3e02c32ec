package dev.larder.local.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Takes connections for an HTTP server and turns away at once those that begin with a TLS handshake. docker, skopeo and
 * podman try HTTPS first even where they may use HTTP; the JDK's server waits for the end of a request line that a
 * ClientHello does not have, and the client gives up on it only after 10 s, with each command. The answer is the one
 * that Go's server gives, on which these clients go on with HTTP.
 */
public final class PlainHttpGate implements AutoCloseable {
    /** The first byte of a TLS record with a handshake (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final byte[] REFUSAL =
            "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTPS request to an HTTP server.\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private PlainHttpGate(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /**
     * Starts taking connections.
     *
     * @param address where clients connect; port 0 for a free one
     * @param server the HTTP server that gets what is HTTP
     * @throws IOException when the port cannot be had
     */
    public static PlainHttpGate open(InetSocketAddress address, InetSocketAddress server) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address, 0);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        PlainHttpGate gate = new PlainHttpGate(listener, server);
        Thread.ofVirtual().name("http-gate").start(gate::accept);
        return gate;
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Takes no more connections and cuts those that are open. */
    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(PlainHttpGate::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // closed, or a connection that was gone before it was taken
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            open.add(client);
            if (listener.isClosed()) {
                return;
            }
            client.setTcpNoDelay(true);
            byte[] start = new byte[BUFFER];
            int count = client.getInputStream().read(start);
            if (count > 0 && start[0] == TLS_HANDSHAKE) {
                client.getOutputStream().write(REFUSAL);
            } else if (count > 0) {
                relay(client, start, count);
            }
        } catch (IOException e) {
            // the client or the server has gone; the other learns it by the close
        } finally {
            open.remove(client);
        }
    }

    private void relay(Socket client, byte[] start, int count) throws IOException {
        try (Socket behind = new Socket(server.getAddress(), server.getPort())) {
            behind.setTcpNoDelay(true);
            behind.getOutputStream().write(start, 0, count);
            CountDownLatch answered = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    copy(behind, client);
                } finally {
                    answered.countDown();
                }
            });
            copy(client, behind);
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the end of the one, which is then the end of the other. */
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // one side broke off: so must the other, in both directions
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is closed for all that matters here
        }
    }
}
