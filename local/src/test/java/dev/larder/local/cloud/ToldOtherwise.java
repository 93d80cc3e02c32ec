package dev.larder.local.cloud;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;

/** Changes answers on their way to the client, as a registry would give them that the local one never is. */
final class ToldOtherwise implements ExecutionInterceptor {
    /** The token of a page that is told otherwise. */
    static final String MORE = "more";

    private UnaryOperator<SdkResponse> change = UnaryOperator.identity();

    /** From now on. */
    void by(UnaryOperator<SdkResponse> changing) {
        change = changing;
    }

    /** The registry knows nothing of pages that it never gave. */
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest asked, ExecutionAttributes attributes) {
        return asked.request() instanceof DescribeImagesRequest images && MORE.equals(images.nextToken())
                ? images.toBuilder().nextToken(null).build()
                : asked.request();
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse answered, ExecutionAttributes attributes) {
        return change.apply(answered.response());
    }
}
