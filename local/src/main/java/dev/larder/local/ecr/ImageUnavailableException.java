package dev.larder.local.ecr;

/** An image that cannot be had, as one entry of {@code failures} in ECR's answers. */
public final class ImageUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String failureCode;

    /**
     * @param failureCode one of ECR's {@code ImageFailureCode}s, for instance {@code UpstreamTooManyRequests}
     * @param reason what {@code failureReason} says
     */
    public ImageUnavailableException(String failureCode, String reason) {
        super(reason);
        this.failureCode = failureCode;
    }

    /** One of ECR's {@code ImageFailureCode}s. */
    public String failureCode() {
        return failureCode;
    }
}
