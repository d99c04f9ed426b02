package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class FfmpegInstallationIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void oneSecondIsEncodedAndProbed(FfmpegInstallation installation) {
        Path film = directory.resolve("film.mp4");

        ToolExit encoded = run(
                installation,
                installation.ffmpeg(),
                new ArrayList<>(),
                List.of(
                        "-v",
                        "error",
                        "-nostdin",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=320x180:r=25:d=1",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=d=1",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-c:a",
                        "aac",
                        film.toString()));
        List<String> codecs = new ArrayList<>();
        ToolExit probed = run(
                installation,
                installation.ffprobe(),
                codecs,
                List.of("-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", film.toString()));

        assertThat(encoded.describe()).isEqualTo("exited 0");
        assertThat(encoded.lastLines()).isEmpty();
        assertThat(probed.describe()).isEqualTo("exited 0");
        assertThat(codecs).containsExactly("h264", "aac");
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void itTellsWhatItCanDo(FfmpegInstallation installation) {
        assertThat(installation.encoders()).contains("libx264", "aac").doesNotContain("=", "h264_decoder");
        assertThat(installation.decoders()).contains("h264", "hevc", "aac", "mp3float");
        assertThat(installation.filters()).contains("zscale", "tonemap", "bwdif", "split", "testsrc2", "nullsink");
        assertThat(installation.demuxers()).contains("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "lavfi");
        assertThat(installation.hwaccels()).isNotEmpty().noneMatch(name -> name.contains(" "));
    }

    private static ToolExit run(
            FfmpegInstallation installation, Path program, List<String> stdout, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new ToolProcess(command)
                .environment(installation.environment())
                .stdoutLines(1_000, stdout::add)
                .run(new Cancellation());
    }
}
