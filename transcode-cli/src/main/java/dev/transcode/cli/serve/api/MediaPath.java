package dev.transcode.cli.serve.api;

import dev.transcode.hls.HlsLayout;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobStatus;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.OutputPrefix;
import dev.transcode.storage.RunDirectory;
import java.util.Optional;

/**
 * Which object a path below a job's {@code media} is. Only what the job itself wrote: its outputs, its multivariant
 * playlist, and what is in its run directories; nothing else below its prefix, which others may share. Pure.
 */
final class MediaPath {
    private MediaPath() {}

    /** @param path decoded, relative to the job's output prefix */
    static Optional<ObjectRef> of(JobStatus job, String path) {
        String output = job.field(JobFields.OUTPUT).orElse("");
        int slash = output.indexOf('/');
        if (slash <= 0 || !isPlain(path)) {
            return Optional.empty();
        }
        try {
            OutputPrefix prefix = new OutputPrefix(output.substring(0, slash), output.substring(slash + 1));
            ObjectRef object = prefix.resolve(path);
            return isOwn(job, path, object.key()) ? Optional.of(object) : Optional.empty();
        } catch (TranscodeException e) {
            return Optional.empty();
        }
    }

    private static boolean isOwn(JobStatus job, String path, String key) {
        int slash = path.indexOf('/');
        if (slash > 0) {
            return RunDirectory.parse(path.substring(0, slash))
                    .filter(run -> run.belongsTo(job.id()))
                    .isPresent();
        }
        return path.equals(HlsLayout.MASTER)
                || job.outputs().stream().anyMatch(o -> o.key().equals(key));
    }

    private static boolean isPlain(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return path.indexOf('\\') < 0 && path.chars().noneMatch(Character::isISOControl);
    }
}
