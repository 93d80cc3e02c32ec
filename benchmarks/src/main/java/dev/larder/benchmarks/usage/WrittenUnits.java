package dev.larder.benchmarks.usage;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Asks DynamoDB with every write what it consumed, and sums it up: the table's and the index's write units. A write whose
 * condition does not hold has no such answer, and counts as one unit, as it is billed for items of up to a kilobyte
 * (DynamoDB developer guide, "Write request units").
 */
public final class WrittenUnits implements ExecutionInterceptor {
    private double units;

    /** All units since this was made. */
    public double total() {
        return units;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                delete.toBuilder().returnConsumedCapacity(total).build();
            case BatchWriteItemRequest batch ->
                batch.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest all ->
                all.toBuilder().returnConsumedCapacity(total).build();
            case SdkRequest other -> other;
        };
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        consumed(context.response()).forEach(each -> units += each.capacityUnits());
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        units += isWrite(context.request()) ? 1 : 0;
    }

    private static boolean isWrite(SdkRequest request) {
        return request instanceof PutItemRequest
                || request instanceof UpdateItemRequest
                || request instanceof DeleteItemRequest;
    }

    private static List<ConsumedCapacity> consumed(SdkResponse response) {
        return switch (response) {
            case PutItemResponse put ->
                Optional.ofNullable(put.consumedCapacity()).stream().toList();
            case UpdateItemResponse update ->
                Optional.ofNullable(update.consumedCapacity()).stream().toList();
            case DeleteItemResponse delete ->
                Optional.ofNullable(delete.consumedCapacity()).stream().toList();
            case BatchWriteItemResponse batch -> batch.consumedCapacity();
            case TransactWriteItemsResponse all -> all.consumedCapacity();
            case SdkResponse other -> List.of();
        };
    }
}
