package dev.transcode.cli;

import dev.transcode.job.FailureCode;

/** The exit codes of every command; documented in the README. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int TIMED_OUT = 3;
    static final int CREDENTIALS_REFUSED = 4;
    static final int NOT_FOUND = 5;
    static final int UNREACHABLE = 69;

    private ExitCode() {}

    static int of(FailureCode code) {
        return switch (code) {
            case INPUT_NOT_FOUND, NO_SUCH_BUCKET -> NOT_FOUND;
            case INVALID_JOB -> USAGE;
            case S3_AUTH -> CREDENTIALS_REFUSED;
            case S3_TIMEOUT, S3_5XX, RESET -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
