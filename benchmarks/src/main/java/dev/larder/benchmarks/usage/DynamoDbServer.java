package dev.larder.benchmarks.usage;

import java.io.IOException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/** DynamoDB Local in memory, in a JVM of its own: prints its port, and ends with its standard input. */
final class DynamoDbServer {
    private DynamoDbServer() {}

    public static void main(String[] arguments) throws Exception {
        SQLiteLibraryLoader.initialize();
        // in memory, one database for every key and region, no transient table states
        LocalDynamoDBRequestHandler handler = new LocalDynamoDBRequestHandler(0, true, null, true, false);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(handler, null));
        server.start();
        System.out.println(LocalDynamoDb.PORT + connector.getLocalPort());
        waitForTheEnd();
        Runtime.getRuntime().halt(0);
    }

    private static void waitForTheEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
    }
}
