package dev.larder.local.sqs;

import java.io.IOException;

/** A server of queues on a loopback port. */
public interface QueueServer extends AutoCloseable {
    /** Its port. */
    int port();

    @Override
    void close() throws IOException;
}
