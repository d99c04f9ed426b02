package dev.transcode.storage.s3;

import dev.transcode.job.Failure;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One request that failed, classified. Checked, so that whoever can make something of an answer (a 404, a 412) must
 * look at it before it leaves this package as a {@link TranscodeException}.
 *
 * <p>Its cause is at most an {@link IOException}: the client's own exceptions print the request's headers, and so a
 * session token.
 */
final class S3Exception extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final int status;
    private final String code;
    private final boolean worthRetrying;

    /**
     * @param status of the HTTP answer; 0 = there was none
     * @param code the server's own, e.g. {@code SlowDown}; may be empty
     */
    S3Exception(Failure failure, int status, String code, boolean worthRetrying, @Nullable IOException cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.status = status;
        this.code = code;
        this.worthRetrying = worthRetrying;
    }

    Failure failure() {
        return failure;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Whether the same request may succeed within seconds. */
    boolean worthRetrying() {
        return worthRetrying;
    }

    /** Whether the server may have carried the request out although it failed here. */
    boolean inDoubt() {
        return status == 0 || status >= 500;
    }

    TranscodeException toTranscode() {
        return toTranscode(failure);
    }

    /** What the caller makes of it. */
    TranscodeException toTranscode(Failure other) {
        return new TranscodeException(other, this);
    }
}
