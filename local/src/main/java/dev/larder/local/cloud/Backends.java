package dev.larder.local.cloud;

import dev.larder.local.dynamodb.DynamoDb;
import dev.larder.local.sqs.Sqs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The two servers that take their time to start, so they start side by side. */
record Backends(DynamoDb dynamoDb, Sqs sqs) {
    static Backends start(CellStacks cell, DataFolder data, int port, InstantSource clock, Parts parts)
            throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<DynamoDb> tables = () -> parts.add(DynamoDb.start(data.resolve("dynamodb"), cell.region()));
            Callable<Sqs> queues = () -> parts.add(Sqs.start(
                    cell.account(),
                    cell.region(),
                    port,
                    data.isLasting() ? Optional.of(data.resolve("sqs")) : Optional.empty(),
                    clock));
            Future<DynamoDb> dynamoDb = threads.submit(tables);
            Future<Sqs> sqs = threads.submit(queues);
            return new Backends(result(dynamoDb), result(sqs));
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the start was interrupted", e);
        }
    }
}
