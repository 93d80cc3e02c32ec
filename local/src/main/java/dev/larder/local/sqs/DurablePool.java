package dev.larder.local.sqs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import scalikejdbc.ConnectionPool;

/**
 * The database of ElasticMQ's messages. Its persistence knows one database per process, which it remembers for ever: so
 * the pool behind it is changed here, and only one cloud of a process can have lasting queues at a time.
 */
final class DurablePool implements AutoCloseable {
    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final SqlQueuePersistenceConfig configuration;

    private DurablePool(SqlQueuePersistenceConfig configuration) {
        this.configuration = configuration;
    }

    static DurablePool open(Path folder) throws IOException {
        if (!OPEN.compareAndSet(false, true)) {
            throw new IOException("another local cloud of this process keeps its queues on disk; close it, or start"
                    + " this one without a data folder");
        }
        Files.createDirectories(folder);
        String url = "jdbc:h2:" + folder.toAbsolutePath().resolve("queues");
        SqlQueuePersistenceConfig configuration =
                new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
        ConnectionPool.singleton(
                url,
                "",
                "",
                ConnectionPool.singleton$default$4(),
                ConnectionPool.singleton$default$5(url, "", "", ConnectionPool.singleton$default$4()));
        return new DurablePool(configuration);
    }

    SqlQueuePersistenceConfig configuration() {
        // the persistence opens its own pool for the first configuration that it sees; ours is in place before
        return configuration;
    }

    @Override
    public void close() {
        ConnectionPool.closeAll();
        OPEN.set(false);
    }
}
