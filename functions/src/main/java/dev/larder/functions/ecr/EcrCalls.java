package dev.larder.functions.ecr;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What all calls to ECR share: what failures mean, and how many identifiers fit. */
final class EcrCalls {
    /** Image identifiers, and layer digests, in one call (ECR's API model). */
    static final int IDENTIFIERS = 100;

    private EcrCalls() {}

    /**
     * Makes a call.
     *
     * @param action what it is for, as in "could not ..."
     */
    static <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw CacheException.of(action, failure(e), e);
        }
    }

    static Failure failure(SdkException e) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            return Failure.classify(
                    String.valueOf(service.awsErrorDetails().errorCode()),
                    String.valueOf(service.awsErrorDetails().errorMessage()));
        }
        return new Failure(FailureKind.NETWORK, e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    }

    static <T> List<List<T>> chunks(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += IDENTIFIERS) {
            chunks.add(list.subList(from, Math.min(list.size(), from + IDENTIFIERS)));
        }
        return chunks;
    }
}
