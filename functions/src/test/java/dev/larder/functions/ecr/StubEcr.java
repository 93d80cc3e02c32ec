package dev.larder.functions.ecr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleResponse;

/** The SDK's client with answers of the test's; the SDK's own request checks and paginators stay. */
final class StubEcr implements EcrClient {
    final List<Object> requests = new ArrayList<>();

    Function<BatchGetImageRequest, BatchGetImageResponse> get =
            request -> BatchGetImageResponse.builder().build();
    Function<BatchDeleteImageRequest, BatchDeleteImageResponse> delete =
            request -> BatchDeleteImageResponse.builder().build();
    Function<DescribeImagesRequest, DescribeImagesResponse> describe =
            request -> DescribeImagesResponse.builder().build();
    Function<PutImageRequest, PutImageResponse> put =
            request -> PutImageResponse.builder().build();
    Function<BatchCheckLayerAvailabilityRequest, BatchCheckLayerAvailabilityResponse> layers =
            request -> BatchCheckLayerAvailabilityResponse.builder().build();

    Function<ListImageReferrersRequest, ListImageReferrersResponse> referrers =
            request -> ListImageReferrersResponse.builder().build();

    Function<ValidatePullThroughCacheRuleRequest, ValidatePullThroughCacheRuleResponse> validate =
            request -> ValidatePullThroughCacheRuleResponse.builder().build();

    /** What the service throws for a code that the SDK has no class for. */
    static EcrException failure(String code, String message) {
        return (EcrException) EcrException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .build();
    }

    @Override
    public ValidatePullThroughCacheRuleResponse validatePullThroughCacheRule(
            ValidatePullThroughCacheRuleRequest request) {
        requests.add(request);
        return validate.apply(request);
    }

    @Override
    public ListImageReferrersResponse listImageReferrers(ListImageReferrersRequest request) {
        requests.add(request);
        return referrers.apply(request);
    }

    @Override
    public BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
        requests.add(request);
        return get.apply(request);
    }

    @Override
    public BatchDeleteImageResponse batchDeleteImage(BatchDeleteImageRequest request) {
        requests.add(request);
        return delete.apply(request);
    }

    @Override
    public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        requests.add(request);
        return describe.apply(request);
    }

    @Override
    public PutImageResponse putImage(PutImageRequest request) {
        requests.add(request);
        return put.apply(request);
    }

    @Override
    public BatchCheckLayerAvailabilityResponse batchCheckLayerAvailability(BatchCheckLayerAvailabilityRequest request) {
        requests.add(request);
        return layers.apply(request);
    }

    @Override
    public String serviceName() {
        return "ecr";
    }

    @Override
    public void close() {}
}
