package dev.larder.functions.objections;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What ECR's errors say. */
final class EcrErrors {
    /** The image went in the meantime: nothing speaks against what is done already. */
    private static final Set<String> GONE = Set.of("ImageNotFoundException", "RepositoryNotFoundException");

    private EcrErrors() {}

    static boolean isGone(SdkException failure) {
        return GONE.contains(code(failure));
    }

    /** @param action that it takes, for those who may not do it */
    static String text(SdkException failure, String action) {
        String code = code(failure);
        return code.equals("AccessDeniedException")
                ? failure.getMessage() + "; the function's role needs " + action
                : (code.isEmpty() ? "" : code + ": ") + failure.getMessage();
    }

    static String code(SdkException failure) {
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? String.valueOf(service.awsErrorDetails().errorCode())
                : "";
    }
}
