package dev.transcode.cli;

import dev.transcode.job.JobId;

/** What commands about one job fail with. */
final class JobErrors {
    private JobErrors() {}

    static CommandException notFound(String verb, JobId id) {
        return new CommandException(
                ExitCode.NOT_FOUND,
                "job_not_found",
                "cannot " + verb + " job " + id + ": no such job is known",
                "Check the id with 'transcode list'. A job that was only LPUSHed is known once a worker has taken it;"
                        + " 'transcode queue' tells how many wait.");
    }

    /** The job is known, but in no state for this. */
    static CommandException refused(String code, String verb, JobId id, String reason, String hint) {
        return new CommandException(ExitCode.FAILED, code, "cannot " + verb + " job " + id + ": " + reason, hint);
    }
}
