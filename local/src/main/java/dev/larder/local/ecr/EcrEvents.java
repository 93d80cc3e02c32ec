package dev.larder.local.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import java.util.List;
import java.util.Optional;

/** Emits the events that ECR and CloudTrail put on the default bus. */
public interface EcrEvents {
    /**
     * {@code ECR Image Action}.
     *
     * @param action {@code PUSH} or {@code DELETE}
     */
    void imageAction(String action, String repository, Digest digest, Optional<String> tag);

    /** {@code ECR Image Action} or {@code ECR Referrer Action} of {@code UPDATE_STORAGE_CLASS}. */
    void storageClassUpdated(StorageClassUpdate update);

    /**
     * {@code ECR Image Scan} with {@code scan-status} COMPLETE.
     *
     * @param severityCounts number of findings by severity
     */
    void scanCompleted(String repository, Digest digest, List<String> tags, ObjectNode severityCounts);

    /** {@code ECR Pull Through Cache Action} with {@code sync-status} SUCCESS. */
    void pullThroughSucceeded(CacheRule rule, String repository, String reference, Digest digest);

    /**
     * {@code ECR Pull Through Cache Action} with {@code sync-status} FAILURE.
     *
     * @param failureCode opaque to consumers; here the {@code ImageFailureCode}
     */
    void pullThroughFailed(CacheRule rule, String repository, String reference, String failureCode, String reason);

    /**
     * {@code AWS API Call via CloudTrail}.
     *
     * @param readOnly what the record's {@code readOnly} says
     * @param errorCode set when the call failed
     */
    void apiCall(
            Caller caller,
            Via via,
            String eventName,
            boolean readOnly,
            String repository,
            ObjectNode requestParameters,
            Optional<String> errorCode);
}
