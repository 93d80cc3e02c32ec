package dev.larder.local.cloud;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Changes answers on their way to the client, as a registry would give them that the local one never is. */
final class ToldOtherwise implements ExecutionInterceptor {
    private UnaryOperator<SdkResponse> change = UnaryOperator.identity();

    /** From now on. */
    void by(UnaryOperator<SdkResponse> changing) {
        change = changing;
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse answered, ExecutionAttributes attributes) {
        return change.apply(answered.response());
    }
}
