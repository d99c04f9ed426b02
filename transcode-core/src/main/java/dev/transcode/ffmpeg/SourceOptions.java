package dev.transcode.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/** What ffmpeg is given before a source it decodes: the limits, and what makes it show what the probe saw. */
final class SourceOptions {
    /**
     * Time stamps come into the filters as they are in the file: that is all {@code -seek_timestamp 1} does where nothing
     * is sought. {@code -copyts} would do so too, but keep the jumps of a transport stream's clock. A filter graph that
     * is made anew counts from its beginning, so none is: a picture that changes its size is scaled by the graph it
     * meets, a sound that changes its format ends FFmpeg with an error.
     */
    private static final List<String> TIMES =
            List.of("-seek_timestamp", "1", "-reinit_filter:v", "0", "-reinit_filter:a", "0");

    private SourceOptions() {}

    static List<String> of(FfmpegInstallation installation) {
        List<String> options = new ArrayList<>(HardenedInput.of(installation));
        options.addAll(TIMES);
        if (VersionReport.isRelease(installation.version(), 7, 1)) {
            // From 7.1 on FFmpeg cuts off what the container (QuickTime's clap) wants cut, and its probe does not tell.
            options.addAll(List.of("-apply_cropping", "codec"));
        }
        return List.copyOf(options);
    }
}
