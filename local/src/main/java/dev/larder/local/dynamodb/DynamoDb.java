package dev.larder.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import dev.larder.local.front.Backend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/** AWS's DynamoDB Local in this JVM, on a loopback port of its own, with its tables in one SQLite file. */
public final class DynamoDb implements AutoCloseable {
    /** How DynamoDB Local names the database that every key and region share. */
    private static final String FILE = "shared-local-instance.db";

    private static final long PATIENCE_MILLIS = 10_000;

    /** A page of a Scan may take this long where a table has half a million items. */
    private static final long LONGEST_CALL_MILLIS = 600_000;

    /** Tells of every connection; kept here, or its level would be lost with it. */
    private static final Logger DRIVER = Logger.getLogger("com.almworks.sqlite4java");

    private final LocalDynamoDBRequestHandler handler;
    private final Server server;
    private final Backend backend;

    private DynamoDb(LocalDynamoDBRequestHandler handler, Server server, Backend backend) {
        this.handler = handler;
        this.server = server;
        this.backend = backend;
    }

    /**
     * Starts it.
     *
     * @param data the folder of the SQLite file
     * @throws IOException when it cannot start
     */
    public static DynamoDb start(Path data, String region) throws IOException {
        Files.createDirectories(data);
        LocalDynamoDBRequestHandler handler;
        try {
            SQLiteLibraryLoader.initialize();
            writeAhead(data.resolve(FILE));
            // not in memory, one database for every key and region, no transient table states
            handler = new LocalDynamoDBRequestHandler(0, false, data.toString(), true, false);
        } catch (Exception e) {
            throw new IOException("DynamoDB Local cannot start in " + data + ": " + e.getMessage(), e);
        }
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        // its own ServerRunner listens on every interface and has no option for it
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        connector.setIdleTimeout(LONGEST_CALL_MILLIS);
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(handler, null));
        try {
            server.start();
        } catch (Exception e) {
            handler.shutdown();
            throw new IOException("DynamoDB Local cannot listen on 127.0.0.1: " + e.getMessage(), e);
        }
        URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
        return new DynamoDb(handler, server, new Backend("dynamodb", "DynamoDB_20120810", region, address));
    }

    /**
     * Has SQLite write ahead: a commit flushes the disk once instead of three times, and lasts as well. The file remembers
     * it, so DynamoDB Local, which opens it later, need not know.
     */
    private static void writeAhead(Path file) throws SQLiteException {
        DRIVER.setLevel(Level.WARNING);
        SQLiteConnection connection = new SQLiteConnection(file.toFile());
        try {
            connection.open(true);
            connection.setBusyTimeout(PATIENCE_MILLIS); // one that was just closed may still be putting its log away
            connection.exec("PRAGMA journal_mode = WAL");
        } finally {
            connection.dispose();
        }
    }

    /** The service. */
    public Backend backend() {
        return backend;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("DynamoDB Local does not stop: " + e.getMessage(), e);
        } finally {
            handler.shutdown();
        }
    }
}
