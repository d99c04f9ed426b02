package dev.transcode.cli.serve.api;

import dev.transcode.job.Failure;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told of an exception: whose fault it is, and nothing about this machine. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final int SOON_SECONDS = 5;

    private Problems() {}

    /** Logs what is not the caller's fault. */
    static ApiProblem of(Throwable thrown) {
        if (thrown instanceof ApiProblem problem) {
            return problem;
        }
        if (thrown instanceof TranscodeException failed) {
            return of(failed.failure());
        }
        if (thrown instanceof QueueUnavailableException) {
            log.warn("cannot answer a call: {}", thrown.getMessage());
            return new ApiProblem(
                            503,
                            "queue_unavailable",
                            "cannot reach the queue: its server is away or refuses for now",
                            "Try again in some seconds; nothing was lost.")
                    .retryAfter(SOON_SECONDS);
        }
        if (thrown instanceof QueueRefusedException) {
            log.error("cannot answer a call: {}", thrown.getMessage());
            return new ApiProblem(
                    503,
                    "queue_refused",
                    "cannot use the queue: its server refuses this one",
                    "The operator finds the reason in the log of transcode serve.");
        }
        log.error("cannot answer a call: this is a bug", thrown);
        return new ApiProblem(
                500,
                "internal_error",
                "cannot answer: this is a bug in transcode",
                "The operator finds the reason in the log of transcode serve; report it.");
    }

    static ApiProblem nothingThere() {
        return new ApiProblem(404, "not_found", "cannot find this address: there is none such", "See /openapi.yaml.");
    }

    static ApiProblem jobNotFound(String id) {
        return new ApiProblem(
                404,
                "job_not_found",
                "cannot find job " + shorten(id) + ": no such job is known",
                "Check the id. A job that was only LPUSHed is known once a worker has taken it.");
    }

    static ApiProblem invalid(String detail, String hint) {
        return new ApiProblem(400, "invalid_request", detail, hint);
    }

    private static ApiProblem of(Failure failure) {
        String code = failure.code().wire();
        return switch (failure.code()) {
            case INVALID_JOB -> new ApiProblem(400, code, failure.message(), failure.hint());
            case INPUT_NOT_FOUND, NO_SUCH_BUCKET -> new ApiProblem(404, code, failure.message(), failure.hint());
            case BAD_INPUT,
                    TRUNCATED_INPUT,
                    DECODE_ERRORS,
                    UNSUPPORTED_FORMAT,
                    NO_VIDEO,
                    LIMIT_DURATION,
                    LIMIT_RESOLUTION,
                    LIMIT_ASPECT_RATIO,
                    LIMIT_FRAME_RATE,
                    LIMIT_STREAMS -> new ApiProblem(422, code, failure.message(), failure.hint());
            case S3_5XX, S3_TIMEOUT, SLOW_DOWN, RESET, CHECKSUM_MISMATCH, DISK_FULL ->
                ours(503, failure).retryAfter(SOON_SECONDS);
            case S3_AUTH -> ours(502, failure);
            default -> ours(500, failure);
        };
    }

    /** Its message may name hosts and folders: only the log has it. */
    private static ApiProblem ours(int status, Failure failure) {
        log.warn(
                "cannot answer a call: {} [{}]",
                failure.message(),
                failure.code().wire());
        return new ApiProblem(
                status,
                failure.code().wire(),
                "cannot answer: " + failure.code().wire() + " on the server's side",
                failure.hint());
    }

    private static String shorten(String id) {
        return id.length() <= 128 ? id : id.substring(0, 127) + "…";
    }
}
