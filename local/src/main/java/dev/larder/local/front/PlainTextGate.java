package dev.larder.local.front;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server that speaks plain HTTP, and hangs up at once on a client that tries TLS first. The JDK's server
 * waits for the end of what is no request line to it, and skopeo and containers/image take 10 seconds for each such try
 * before they go on in plain text.
 */
public final class PlainTextGate implements AutoCloseable {
    /** The first byte of every TLS connection: a record of type handshake (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 0x16;

    private static final int BACKLOG = 128;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private PlainTextGate(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /**
     * Starts to listen on loopback.
     *
     * @param port 0 for any that is free
     * @param server where plain requests go
     * @param option the command line's option that names another port
     * @throws PortInUseException when another program has the port
     */
    public static PlainTextGate start(int port, InetSocketAddress server, String option) throws PortInUseException {
        try {
            PlainTextGate gate =
                    new PlainTextGate(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), server);
            Thread.ofVirtual().name("gate").start(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new PortInUseException(port, option, e);
        }
    }

    /** The port. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("gate").start(() -> serve(client));
            } catch (IOException e) {
                // closed, or a client that was gone at once: the next one is waited for
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            int first = client.getInputStream().read();
            if (first == HANDSHAKE || first < 0) {
                return;
            }
            try (Socket upstream = new Socket(server.getAddress(), server.getPort())) {
                open.add(upstream);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                upstream.getOutputStream().write(first);
                Thread requests = Thread.ofVirtual().start(() -> copy(client, upstream));
                copy(upstream, client);
                client.close();
                requests.join();
                open.remove(upstream);
            }
        } catch (IOException e) {
            // one side hung up: so does the other
            open.remove(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Copies until the end, and passes the end on. */
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done for it
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(PlainTextGate::closeQuietly);
    }
}
