package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.Corpus;
import dev.transcode.job.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** s13 wants its picture cut to 702 of 720 columns; the probes of both FFmpegs tell 720. */
class SourceOptionsIT {
    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void thePictureIsAsWideAsTheProbeSaysItIs(FfmpegInstallation installation) {
        List<String> command = new ArrayList<>(List.of(installation.ffmpeg().toString(), "-nostdin", "-v", "info"));
        command.addAll(SourceOptions.of(installation));
        command.addAll(List.of("-i", "file:" + Corpus.require().file("s13"), "-vf", "showinfo"));
        command.addAll(List.of("-frames:v", "1", "-f", "null", "-"));
        List<String> sizes = new ArrayList<>();

        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .stderrLines(line -> {
                    if (line.contains("pts_time:")) {
                        sizes.add(line.replaceAll(".* s:(\\d+x\\d+) .*", "$1"));
                    }
                })
                .run(new Cancellation());

        assertThat(exit.isSuccess()).as(exit.lastWords(3)).isTrue();
        assertThat(sizes).containsOnly("720x576");
    }
}
