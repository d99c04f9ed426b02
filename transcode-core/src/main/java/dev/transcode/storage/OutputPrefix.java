package dev.transcode.storage;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;

/**
 * Where a job's outputs go: every one of them has a key below it.
 *
 * @param bucket as in {@link ObjectRef}
 * @param path at most 512 characters, without leading or trailing slash, no empty, {@code .} or {@code ..} part, no
 *     backslash, no control character; empty = the bucket itself
 */
public record OutputPrefix(String bucket, String path) {
    private static final int MAX_LENGTH = 512;

    /**
     * Strips one leading and one trailing slash.
     *
     * @throws TranscodeException ({@link FailureCode#INVALID_JOB}) if {@code path} is none of the form above
     */
    public OutputPrefix {
        path = strip(path);
        if (path.length() > MAX_LENGTH) {
            throw invalid("is longer than " + MAX_LENGTH + " characters");
        }
        if (path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw invalid("holds a backslash or a control character");
        }
        if (!path.isEmpty()) {
            for (String part : path.split("/", -1)) {
                if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                    throw invalid("has an empty, '.' or '..' part");
                }
            }
        }
    }

    /** The object {@code relative} below this prefix, e.g. {@code 720p.mp4}. */
    public ObjectRef resolve(String relative) {
        return new ObjectRef(bucket, path.isEmpty() ? relative : path + "/" + relative);
    }

    private static String strip(String path) {
        String stripped = path.startsWith("/") ? path.substring(1) : path;
        return stripped.endsWith("/") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    private static TranscodeException invalid(String reason) {
        return new TranscodeException(FailureCode.INVALID_JOB, "output prefix " + reason);
    }
}
