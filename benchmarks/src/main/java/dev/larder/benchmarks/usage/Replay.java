package dev.larder.benchmarks.usage;

import java.time.Instant;
import java.util.Random;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Pulls of a mix, one after the other, through a queue to a handler. */
public final class Replay {
    private static final Instant BEGINS = Instant.parse("2026-11-24T09:50:00Z");

    /** Lambda starts with five batches at the same time. */
    private static final int BATCHES = 5;

    private Replay() {}

    /** The write units of so many pulls. */
    public static double units(
            LocalDynamoDb dynamoDb, Mix mix, int pulls, BiFunction<DynamoDbClient, String, Subject> made) {
        WrittenUnits units = new WrittenUnits();
        String table = Tables.next();
        try (DynamoDbClient client = dynamoDb.client(units)) {
            LocalDynamoDb.create(client, table);
            Subject subject = made.apply(client, table);
            run(mix, pulls, subject);
            return units.total();
        }
    }

    /** Pulls arrive by chance, at the mix's rate. */
    private static void run(Mix mix, int pulls, Subject subject) {
        Random random = new Random(7);
        Nodes nodes = new Nodes(random);
        Mix.Draw draw = mix.draw(random);
        Queue queue = new Queue(BATCHES, random, subject::handle);
        double seconds = 0;
        for (int i = 0; i < pulls; i++) {
            seconds -= Math.log(1 - random.nextDouble()) / mix.rate();
            Instant now = BEGINS.plusNanos((long) (seconds * 1e9));
            queue.arrive(nodes.pull(Mix.image(draw.next()), now), now);
        }
        queue.drain();
    }
}
