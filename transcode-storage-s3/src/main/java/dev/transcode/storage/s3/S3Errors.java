package dev.transcode.storage.s3;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies what a request ended with, once. Codes of the server:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and what other stores answer instead.
 */
final class S3Errors {
    /** The credentials themselves are refused, whatever was asked for. */
    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "TokenRefreshRequired",
            "InvalidSecurity",
            "MissingSecurityHeader",
            "MissingAuthenticationToken",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "AuthorizationHeaderMalformed",
            "AuthorizationQueryParametersError",
            "CredentialsNotSupported",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "AccountProblem",
            "NotSignedUp");

    private static final Set<String> SLOW_DOWN = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "Throttling",
            "ThrottlingException",
            "RequestThrottled",
            "RequestLimitExceeded",
            "TooManyRequests",
            "BandwidthLimitExceeded",
            "ServiceUnavailable",
            "OperationAborted",
            "ConditionalRequestConflict");

    private static final Set<String> DAMAGED = Set.of(
            "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidPart");

    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "StorageFull", "InsufficientCapacity", "InsufficientStorage", "XMinioStorageFull");

    /** How the client words an answer that is no S3 error document. */
    private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})");

    private S3Errors() {}

    /**
     * @param what verb and object, e.g. {@code cannot put out/720p.mp4}
     * @param host of the endpoint
     */
    static S3Exception of(String what, String host, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof S3Exception known) {
            return known;
        }
        if (cause instanceof ErrorResponseException e) {
            int status = e.response() == null ? 0 : e.response().code();
            String region = e.response() == null ? null : e.response().header("x-amz-bucket-region");
            String message = Optional.ofNullable(e.errorResponse().message()).orElse("");
            return answer(what, host, status, e.errorResponse().code(), message, region);
        }
        if (cause instanceof ServerException e) {
            return answer(what, host, e.statusCode(), "", "", null);
        }
        if (cause instanceof InvalidResponseException e) {
            Matcher status = STATUS.matcher(String.valueOf(e.getMessage()));
            int code = status.find() ? Integer.parseInt(status.group(1)) : 0;
            return answer(what, host, code, "", "the answer is not of S3: is this the endpoint?", null);
        }
        if (cause instanceof FileSystemException e) {
            return new S3Exception(FileErrors.of(what, e).failure(), 0, "", false, e);
        }
        if (cause instanceof IOException e) {
            return network(what, host, e);
        }
        if (cause instanceof IllegalArgumentException) {
            Failure failure = Failure.of(FailureCode.INVALID_JOB, what + ": " + cause.getMessage());
            return new S3Exception(failure, 0, "", false, null);
        }
        IOException broken = ioWithin(cause);
        if (broken != null) {
            return network(what, host, broken); // It broke while the answer's document was read.
        }
        Failure failure = new Failure(
                FailureCode.S3_5XX,
                what + " at " + host + ": cannot understand the answer: "
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "Check that the endpoint is an S3-compatible store.");
        return new S3Exception(failure, 0, "", false, null);
    }

    /** Whether a 403 says that the credentials are wrong, not that this one thing is forbidden. */
    static boolean refusesCredentials(S3Exception e) {
        return e.status() == 401 || CREDENTIALS.contains(e.code());
    }

    private static S3Exception answer(
            String what, String host, int status, String code, String message, @Nullable String region) {
        FailureCode kind = kind(status, code);
        String said = (code.isEmpty() ? "" : code + " ") + "(HTTP " + status + ")";
        String text =
                what + " at " + host + ": " + said + (message.isEmpty() ? "" : ": " + message.replaceFirst("\\.$", ""));
        boolean again = switch (kind) {
            case S3_5XX -> status != 501;
            case SLOW_DOWN, S3_TIMEOUT, RESET, CHECKSUM_MISMATCH -> true;
            default -> false;
        };
        return new S3Exception(new Failure(kind, text, hint(kind, status, code, region)), status, code, again, null);
    }

    private static FailureCode kind(int status, String code) {
        if (CREDENTIALS.contains(code)) {
            return FailureCode.S3_AUTH;
        }
        if (SLOW_DOWN.contains(code) || status == 429) {
            return FailureCode.SLOW_DOWN;
        }
        if (DAMAGED.contains(code)) {
            return FailureCode.CHECKSUM_MISMATCH;
        }
        if (FULL.contains(code) || status == 507) {
            return FailureCode.DISK_FULL;
        }
        return switch (code) {
            case "NoSuchBucket" -> FailureCode.NO_SUCH_BUCKET;
            case "RequestTimeout" -> FailureCode.S3_TIMEOUT;
            case "IncompleteBody" -> FailureCode.RESET;
            default -> kind(status);
        };
    }

    private static FailureCode kind(int status) {
        return switch (status) {
            case 401, 403 -> FailureCode.S3_AUTH;
            case 404 -> FailureCode.INPUT_NOT_FOUND;
            case 408 -> FailureCode.S3_TIMEOUT;
            case 412 -> FailureCode.PUBLISH_CONFLICT;
            default -> {
                if (status >= 300 && status < 400) {
                    yield FailureCode.S3_AUTH; // Wrong region or scheme: a matter of how the store is reached.
                }
                yield status >= 500 ? FailureCode.S3_5XX : FailureCode.INVALID_JOB;
            }
        };
    }

    private static String hint(FailureCode kind, int status, String code, @Nullable String region) {
        if (code.equals("RequestTimeTooSkewed") || code.equals("RequestExpired")) {
            return "The clock of this machine and the store's differ: set it right (NTP).";
        }
        if (code.startsWith("ExpiredToken") || code.equals("TokenRefreshRequired")) {
            return "The session token has expired: get a new one.";
        }
        if (code.equals("AuthorizationHeaderMalformed") || (status >= 300 && status < 400)) {
            return region == null
                    ? "Check the endpoint and the region (S3_REGION)."
                    : "The bucket is in another region: set S3_REGION=" + region + ".";
        }
        return switch (kind) {
            case INVALID_JOB -> "The store refuses this request: its code in the message tells why.";
            case DISK_FULL -> "The object store is full or over its quota: free space there.";
            default -> kind.hint();
        };
    }

    private static S3Exception network(String what, String host, IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String text = what + " at " + host + ": ";
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
            Failure failure = new Failure(
                    FailureCode.S3_TIMEOUT,
                    text + "no secure connection: " + said,
                    "Check the endpoint's certificate, and that this Java trusts who signed it.");
            return new S3Exception(failure, 0, "", false, e);
        }
        if (e instanceof UnknownHostException) {
            return new S3Exception(Failure.of(FailureCode.S3_TIMEOUT, text + "unknown host"), 0, "", true, e);
        }
        boolean unreachable = e instanceof SocketTimeoutException
                || e instanceof ConnectException
                || e instanceof NoRouteToHostException;
        if (e instanceof SSLException && !unreachable) {
            said = "TLS: " + said;
        }
        FailureCode kind = unreachable ? FailureCode.S3_TIMEOUT : FailureCode.RESET;
        return new S3Exception(Failure.of(kind, text + said), 0, "", true, e);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && isWrapper(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static @Nullable IOException ioWithin(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException e) {
                return e;
            }
        }
        return null;
    }

    private static boolean isWrapper(Throwable e) {
        return e instanceof CompletionException
                || e instanceof ExecutionException
                || e.getClass() == MinioException.class;
    }
}
