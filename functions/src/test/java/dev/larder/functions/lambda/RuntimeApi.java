package dev.larder.functions.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's runtime API (the API that custom runtimes use, in Lambda's developer guide), for one invocation: hands out one
 * event, takes one answer. Each reply goes out in one write: the client reads a reply as one segment.
 */
final class RuntimeApi implements AutoCloseable {
    /**
     * What the runtime sent.
     *
     * @param kind {@code response}, {@code error} or {@code init/error}
     */
    record Answer(String kind, String body) {}

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final byte[] event;
    private boolean handedOut;

    RuntimeApi(String event) throws IOException {
        this.event = event.getBytes(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::accept);
    }

    /** For {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What came, or an answer of the kind {@code none} after so long. */
    Answer answer(long seconds) throws InterruptedException {
        Answer answer = answers.poll(seconds, TimeUnit.SECONDS);
        return answer == null ? new Answer("none", "nothing within " + seconds + " s") : answer;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
                String path = head.split(" ", 3)[1];
                if (path.endsWith("/invocation/next")) {
                    next(out);
                } else {
                    answers.add(new Answer(kind(path), body));
                    write(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", new byte[0]);
                }
            }
        } catch (IOException gone) {
            // the runtime was ended
        }
    }

    private synchronized boolean isFirst() {
        boolean first = !handedOut;
        handedOut = true;
        return first;
    }

    private void next(OutputStream out) throws IOException {
        if (!isFirst()) {
            // the second next is answered when there is a second event: never
            return;
        }
        write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        + "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n"
                        + "Lambda-Runtime-Deadline-Ms: "
                        + Instant.now().plusSeconds(300).toEpochMilli() + "\r\n"
                        + "Lambda-Runtime-Invoked-Function-Arn: "
                        + "arn:aws:lambda:eu-central-1:111122223333:function:larder:live\r\n"
                        + "Content-Length: " + event.length + "\r\n\r\n",
                event);
    }

    private static void write(OutputStream out, String head, byte[] body) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        reply.writeBytes(body);
        out.write(reply.toByteArray());
        out.flush();
    }

    private static String kind(String path) {
        return path.endsWith("/init/error") ? "init/error" : path.substring(path.lastIndexOf('/') + 1);
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.valueOf(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
