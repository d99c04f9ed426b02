package dev.transcode.job;

import java.util.Locale;

/**
 * Why a job failed: the published code, how often the job is attempted in all, and what the user can do about it. The
 * codes are part of the wire contract ({@code error_code}); they are never renamed.
 */
public enum FailureCode {
    BAD_INPUT(1, "Check that the file plays in a media player; export it again if it does not."),
    TRUNCATED_INPUT(1, "The file ends early: upload or copy it again and compare its size with the original."),
    DECODE_ERRORS(1, "The file is damaged: export it again from the original."),
    UNSUPPORTED_FORMAT(1, "Convert the file to MP4, MOV, MKV, WebM, MPEG-TS or MP3 first."),
    NO_VIDEO(1, "The file holds neither video nor audio that can be decoded: check that it is the right file."),
    LIMIT_DURATION(1, "Split the file: at most 12 hours are accepted."),
    LIMIT_RESOLUTION(1, "Scale the picture: 16 to 8192 pixels a side are accepted."),
    LIMIT_ASPECT_RATIO(1, "Crop or pad the picture: at most 20:1 is accepted."),
    LIMIT_FRAME_RATE(1, "Convert the file to at most 120 frames a second."),
    LIMIT_STREAMS(1, "Remove streams from the file: at most 64 are accepted."),
    INPUT_NOT_FOUND(1, "Check the input's name, and that it may be read."),
    INVALID_JOB(1, "Correct the named field and submit the job again."),
    S3_AUTH(1, "Check the access key, the secret key and what they are allowed to do."),
    NO_SUCH_BUCKET(1, "Create the bucket or correct its name."),
    DISK_FULL(1, "Free space in the work directory or set TRANSCODE_WORK_DIR to a larger disk, then retry the job."),
    PUBLISH_CONFLICT(1, "Another job publishes to this output prefix: give each job a prefix of its own."),
    TIME_LIMIT(1, "The job took longer than allowed: use a faster preset or fewer rungs."),
    CANCELLED(1, "Submit the job again if it is still wanted."),
    FFMPEG_MISSING(1, "Install ffmpeg 5.1 or newer (Debian: apt-get install ffmpeg) or set TRANSCODE_FFMPEG."),
    VERIFY_FAILED(1, "The output was not published: report the input and this message as a bug."),
    ENCODE_FAILED(2, "Set TRANSCODE_FFMPEG_LOG=verbose and run the job again to see FFmpeg's own messages."),
    FFMPEG_KILLED(4, "FFmpeg was killed, usually for want of memory: give the machine more or lower the concurrency."),
    FFMPEG_STALLED(4, "FFmpeg made no progress: check the load of the machine and its disks."),
    IO_ERROR(4, "Check the disk and the permissions of the named file."),
    S3_5XX(4, "The object store has a problem: retried by itself."),
    S3_TIMEOUT(4, "The object store does not answer: check the network and the endpoint."),
    SLOW_DOWN(4, "The object store asks for fewer requests: retried by itself."),
    RESET(4, "The connection to the object store broke: retried by itself."),
    CHECKSUM_MISMATCH(4, "The object changed or was damaged on the way: retried by itself."),
    WORKER_LOST(4, "The workers holding this job died: look at their logs and memory before retrying it.");

    private final int attempts;
    private final String hint;

    FailureCode(int attempts, String hint) {
        this.attempts = attempts;
        this.hint = hint;
    }

    /** The published code, e.g. {@code truncated_input}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many attempts a job gets in all when each ends with this failure; 1 = it is not retried. */
    public int attempts() {
        return attempts;
    }

    /** Whether another attempt may end better. */
    public boolean retryable() {
        return attempts > 1;
    }

    /** What the user can do about it: one sentence. */
    public String hint() {
        return hint;
    }
}
