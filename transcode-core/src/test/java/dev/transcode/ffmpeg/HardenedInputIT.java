package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.Corpus;
import dev.transcode.job.Cancellation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the corpus still opens, and no file that makes FFmpeg open another one does. */
@Timeout(300)
class HardenedInputIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void theCorpusOpens(FfmpegInstallation installation) throws IOException {
        Path corpus = Corpus.require().directory();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(corpus, "s{0,1}[0-9]-*")) {
            for (Path file : files) {
                assertThat(probe(installation, file)).as("ffprobe %s", file).isTrue();
                assertThat(decode(installation, file)).as("ffmpeg %s", file).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void filesThatNameOtherFilesAreRefused(FfmpegInstallation installation) throws IOException {
        Path secret = film("secret.ts", "mpegts");
        Map<String, String> hostile = Map.of(
                "hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n",
                "hls.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.ts\n#EXT-X-ENDLIST\n",
                "concat.mp4", "ffconcat version 1.0\nfile '" + secret + "'\n",
                "dash.mp4", dash(secret),
                "session.sdp",
                        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 33\n",
                "picture.svg",
                        "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'><image href='secret.ts'/></svg>",
                "subtitles.srt", "1\n00:00:00,000 --> 00:00:01,000\nroot:x:0:0\n",
                "text.txt", "root:x:0:0:root:/root:/bin/bash\n");
        for (Map.Entry<String, String> entry : hostile.entrySet()) {
            Path file = Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
            assertThat(probe(installation, file)).as("ffprobe %s", file).isFalse();
            assertThat(decode(installation, file)).as("ffmpeg %s", file).isFalse();
        }
    }

    /** Else the test above would prove nothing. */
    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void withoutTheOptionsAPlaylistIsFollowed(FfmpegInstallation installation) throws IOException {
        film("secret.ts", "mpegts");
        Path playlist = Files.writeString(
                directory.resolve("hls.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.ts\n#EXT-X-ENDLIST\n");

        assertThat(run(installation, installation.ffprobe(), List.of("-v", "error", "-i", playlist.toString())))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void aFilmOfOursOpens(FfmpegInstallation installation) {
        Path film = film("film.mp4", "mp4");

        assertThat(probe(installation, film)).isTrue();
        assertThat(decode(installation, film)).isTrue();
    }

    private static String dash(Path secret) {
        return "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static'"
                + " mediaPresentationDuration='PT1S' profiles='urn:mpeg:dash:profile:isoff-on-demand:2011'><Period>"
                + "<AdaptationSet mimeType='video/mp2t'><Representation id='1' bandwidth='1'><BaseURL>" + secret
                + "</BaseURL></Representation></AdaptationSet></Period></MPD>";
    }

    private boolean probe(FfmpegInstallation installation, Path file) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(HardenedInput.of(installation));
        arguments.addAll(List.of("-show_streams", "-show_format", "-of", "json", "-i", file.toString()));
        return run(installation, installation.ffprobe(), arguments);
    }

    private boolean decode(FfmpegInstallation installation, Path file) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-nostdin"));
        arguments.addAll(HardenedInput.of(installation));
        arguments.addAll(List.of("-i", file.toString()));
        arguments.addAll(List.of("-map", "0:V:0?", "-map", "0:a:0?", "-frames:v", "3", "-t", "0.1", "-f", "null", "-"));
        return run(installation, installation.ffmpeg(), arguments);
    }

    private Path film(String name, String format) {
        FfmpegInstallation installation = Installations.tool();
        Path film = directory.resolve(name);
        List<String> arguments = List.of(
                "-v",
                "error",
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
                "-f",
                format,
                film.toString());
        assertThat(run(installation, installation.ffmpeg(), arguments)).isTrue();
        return film;
    }

    private boolean run(FfmpegInstallation installation, Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .directory(directory)
                .run(new Cancellation());
        return exit.isSuccess();
    }
}
