package dev.larder.functions.inuse;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Why a service could not be read, as people need it to mend that. */
final class Unread {
    private static final Set<String> DENIED =
            Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "UnrecognizedClientException");

    private Unread() {}

    /** @param actions that the reader needs */
    static String why(RuntimeException failure, String actions) {
        if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = String.valueOf(service.awsErrorDetails().errorCode());
            String found = code + ": " + service.awsErrorDetails().errorMessage();
            return DENIED.contains(code) ? found + "; the function's role needs " + actions : found;
        }
        return failure.toString();
    }
}
