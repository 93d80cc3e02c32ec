package dev.larder.local.dynamodb;

import dev.larder.local.front.AwsService;
import dev.larder.local.front.Backend;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.util.Set;

/** DynamoDB as the cloud's clients see it: what they write is told to {@link TimeToLive}. */
public record WatchedWrites(Backend dynamoDb, TimeToLive timeToLive) implements AwsService {
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "BatchWriteItem", "TransactWriteItems");

    @Override
    public Reply handle(Call call) {
        Reply reply = dynamoDb.handle(call);
        if (reply.status() == 200 && WRITES.contains(call.action())) {
            timeToLive.wrote(call.action(), Json.read(call.text()));
        }
        return reply;
    }
}
