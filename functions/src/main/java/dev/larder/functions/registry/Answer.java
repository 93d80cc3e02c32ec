package dev.larder.functions.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;

/** An answer over HTTP. Closing it gives up what was not read. */
final class Answer implements AutoCloseable {
    private final URI from;
    private final HttpExecuteResponse response;

    /** @param from the URL that answered, after redirects */
    Answer(URI from, HttpExecuteResponse response) {
        this.from = from;
        this.response = response;
    }

    URI from() {
        return from;
    }

    int status() {
        return response.httpResponse().statusCode();
    }

    Optional<String> header(String name) {
        return response.httpResponse().firstMatchingHeader(name).map(String::strip);
    }

    List<String> headers(String name) {
        return response.httpResponse().matchingHeaders(name);
    }

    /** The body, which ends with an {@link OversizeException} when there is more of it. */
    InputStream body(int mostBytes) {
        InputStream body = response.responseBody()
                .map(InputStream.class::cast)
                .orElseGet(() -> new ByteArrayInputStream(new byte[0]));
        return new BoundedStream(body, mostBytes);
    }

    /** Not drained: it may be without end. */
    @Override
    public void close() {
        response.responseBody().ifPresent(AbortableInputStream::abort);
    }

    /** More than anybody wants to read. */
    static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1;

        OversizeException(int most) {
            super("more than " + most + " bytes");
        }
    }

    private static final class BoundedStream extends InputStream {
        private final InputStream stream;
        private final int most;
        private int left;

        BoundedStream(InputStream stream, int most) {
            this.stream = stream;
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = stream.read(into, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new OversizeException(most);
            }
            return read;
        }
    }
}
