package dev.transcode.cli;

import dev.transcode.worker.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lists a command is about. */
final class QueueNames {
    @Option(
            names = "--queue",
            paramLabel = "NAME",
            split = ",",
            description = "Redis list (default: QUEUE_NAME, else transcode_jobs).")
    private @Nullable List<String> names;

    List<String> of(Settings settings) {
        return names == null ? settings.queues() : names;
    }
}
