package dev.transcode.cli;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.worker.SettingException;
import java.io.IOException;

/**
 * Why a command fails, in the form {@link Errors} prints: what is no {@link dev.transcode.job.FailureCode} of a job but a
 * matter between the user and the queue.
 */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;
    private final String hint;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param code one word for programs, in snake_case
     * @param message the verb, the object and the reason
     * @param hint what to do about it, one sentence
     */
    CommandException(int exitCode, String code, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
    }

    private CommandException(int exitCode, String code, String message, String hint, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
    }

    /** The form of {@code exception}; one that is none of ours is a bug. */
    static CommandException of(Exception exception) {
        if (exception instanceof CommandException own) {
            return own;
        }
        if (exception instanceof TranscodeException failed) {
            return new CommandException(
                    ExitCode.of(failed.failure().code()),
                    failed.failure().code().wire(),
                    failed.failure().message(),
                    failed.failure().hint(),
                    failed);
        }
        if (exception instanceof QueueUnavailableException away) {
            return new CommandException(
                    ExitCode.UNREACHABLE,
                    "queue_unavailable",
                    String.valueOf(away.getMessage()),
                    "Check that Redis runs and that REDIS_URL names its host and port.",
                    away);
        }
        if (exception instanceof QueueRefusedException refused) {
            return new CommandException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "queue_refused",
                    String.valueOf(refused.getMessage()),
                    "Correct REDIS_URL: its user and password, and that it is one server and no cluster.",
                    refused);
        }
        if (exception instanceof SettingException setting) {
            return new CommandException(
                    ExitCode.USAGE,
                    "setting",
                    String.valueOf(setting.getMessage()),
                    "Correct or export the variable, then run the command again.",
                    setting);
        }
        if (exception instanceof IOException file) {
            return of(FileErrors.of("cannot write the files", file));
        }
        return new CommandException(
                ExitCode.FAILED,
                "bug",
                exception.toString(),
                "This is a bug in transcode: run it again with --stacktrace and report it.",
                exception);
    }

    int exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }
}
