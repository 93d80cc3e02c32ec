package dev.larder.local.aws;

/** An error as an AWS service answers it: a modelled code, a message and an HTTP status. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /**
     * @param status the HTTP status, 400 for nearly all of ECR's modelled errors
     * @param code the exception's name in the service model, for instance {@code RepositoryNotFoundException}
     * @param message what the caller reads
     */
    public AwsException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The exception's name in the service model. */
    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What the caller reads. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
