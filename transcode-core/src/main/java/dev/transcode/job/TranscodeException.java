package dev.transcode.job;

/** Thrown wherever a job cannot go on; classified once, where it was noticed. */
public final class TranscodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public TranscodeException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public TranscodeException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** A failure with the code's own hint. */
    public TranscodeException(FailureCode code, String message) {
        this(Failure.of(code, message));
    }

    /** A failure with the code's own hint and what caused it. */
    public TranscodeException(FailureCode code, String message, Throwable cause) {
        this(Failure.of(code, message), cause);
    }

    public Failure failure() {
        return failure;
    }
}
