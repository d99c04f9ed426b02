package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes a film out of nothing, for trying things: a moving test picture of 1080p at 30 frames a second, and a tone. */
public final class TestFilm {
    private TestFilm() {}

    /**
     * @param target an MP4, replaced if it exists
     * @throws TranscodeException {@code encode_failed} if FFmpeg cannot make it
     */
    public static void make(FfmpegInstallation installation, Path target, Duration length, Cancellation cancellation) {
        String seconds = Long.toString(length.toSeconds());
        List<String> command = List.of(
                installation.ffmpeg().toString(),
                "-hide_banner",
                "-nostdin",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1920x1080:rate=30:duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:beep_factor=4:sample_rate=48000:duration=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "20",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-ac",
                "2",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
                "file:" + target);
        ToolExit exit =
                new ToolProcess(command).environment(installation.environment()).run(cancellation);
        if (!exit.isSuccess()) {
            throw new TranscodeException(
                    FailureCode.ENCODE_FAILED,
                    "cannot make a test film: ffmpeg " + exit.describe() + ": " + exit.lastWords(2));
        }
    }
}
