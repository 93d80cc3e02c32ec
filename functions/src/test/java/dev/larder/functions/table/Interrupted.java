package dev.larder.functions.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes something happen before every call to the table. */
public final class Interrupted {
    private Interrupted() {}

    /**
     * The table of another client, interrupted.
     *
     * @param before is given the number of the call, the first being 0; what it throws ends the call
     */
    public static Table table(DynamoDbClient client, IntConsumer before) {
        int[] calls = {0};
        DynamoDbClient interrupted = (DynamoDbClient) Proxy.newProxyInstance(
                Interrupted.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    before.accept(calls[0]++);
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Table(interrupted, LocalTable.NAME);
    }
}
