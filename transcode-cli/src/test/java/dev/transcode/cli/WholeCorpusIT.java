package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.contract.Corpus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job on every file of the corpus; what is expected is what its MANIFEST says. */
class WholeCorpusIT {
    /** File, length in seconds or error code, renditions, and the findings that matter. */
    private static final List<String> EXPECTED = List.of(
            "s01 29.60 1080p=1920x1080 720p=1280x720 480p=854x480 360p=640x360 +audio: channels_downmixed",
            "s02 30.00 720p=1280x720 480p=854x480 360p=640x360 +audio: rungs_dropped",
            "s03 1.04 480p=480x640 360p=360x480 +audio: rotated channels_upmixed",
            "s04 2.42 720p=1280x720 480p=854x480 360p=640x360 +audio: rotated variable_frame_rate",
            "s05 39.85 360p=640x360: no_audio",
            "s06 40.99 +audio: audio_only",
            "s07 1.01 +audio: audio_only cover_art_ignored",
            "s08 5.28 720p=1280x720 480p=854x480 360p=640x360 +audio: channels_downmixed",
            "s09 2.00 1080p=1920x1080 720p=1280x720 480p=854x480 360p=640x360 +audio: channels_downmixed",
            "s10 10.80 144p=256x144: hdr high_bit_depth no_audio source_below_ladder",
            "s11 0.30 1080p=1920x1080 720p=1280x720 480p=854x480 360p=640x360 +audio: hdr high_bit_depth",
            "s12 1.03 1080p=1920x1080 720p=1280x720 480p=854x480 360p=640x360 +audio: interlaced start_offset_removed",
            "s13 1.00 480p=656x480 360p=492x360: interlaced anamorphic no_audio",
            "s14 1.00 240p=320x240: high_bit_depth chroma_subsampling no_audio source_below_ladder",
            "s15 7.60 360p=640x360: odd_size start_offset_removed no_audio",
            "s16 4.93 720p=1280x720 480p=854x480 360p=640x360 +audio: header_duration_missing",
            "s17 13.00 180p=320x180 +audio: video_tracks_ignored audio_tracks_ignored subtitles_ignored",
            "s18 4.00 144p=192x144: anamorphic no_audio source_below_ladder",
            "s19 3.00 272p=314x272: odd_size no_audio source_below_ladder",
            "s20 5.00 720p=1280x720 480p=854x480 360p=640x360: decode_errors no_audio",
            "s21 bad_input",
            "s22 bad_input",
            "s23 truncated_input");

    /**
     * These are long and large, and their MANIFEST expects nothing of the frame rate: the bundle, which need not do it
     * again, makes a quarter of the frames. It still reads every one.
     */
    private static final Set<String> LONG = Set.of("s01", "s02");

    /** A failure is told at once; a film of 30 s may take a while on two cores. */
    private static final Duration FAILS_WITHIN = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bundled", "path"})
    void everyFileIsMadeOrRefusedAsItsManifestSays(String ffmpeg) throws Exception {
        Corpus corpus = Corpus.require();
        Films.requireFfmpeg(ffmpeg);
        for (String expected : EXPECTED) {
            String number = expected.substring(0, 3);
            Path out = folder.resolve(number);
            long start = System.nanoTime();

            CommandRun run = number.equals("s01") && ffmpeg.equals("path")
                    ? RealFilm.run(corpus, ffmpeg)
                    : run(corpus.file(number), out, ffmpeg, LONG.contains(number) && ffmpeg.equals("bundled"));

            JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
            String wanted = expected.contains(":") ? expected.substring(expected.indexOf(':') + 2) : "";
            assertThat(describe(number, json, List.of(wanted.split(" ")))).isEqualTo(expected);
            if (json.has("error_code")) {
                assertThat(run.code()).isEqualTo(1);
                assertThat(json.get("error").getAsString()).isNotBlank();
                assertThat(json.get("hint").getAsString()).isNotBlank();
                assertThat(out).doesNotExist();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAILS_WITHIN);
            }
        }
    }

    private static CommandRun run(Path film, Path out, String ffmpeg, boolean fewFrames) {
        return CommandRun.of(
                "run",
                film.toString(),
                "-o",
                out.toString(),
                "--preset=ultrafast",
                "--max-fps=" + (fewFrames ? 7 : 60),
                "--json",
                "--ffmpeg=" + ffmpeg);
    }

    private static String describe(String number, JsonObject json, List<String> wanted) {
        if (json.has("error_code")) {
            return number + " " + json.get("error_code").getAsString();
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s %.2f", number, json.get("duration").getAsDouble()));
        boolean sound = false;
        for (JsonElement element : json.getAsJsonArray("renditions")) {
            JsonObject rendition = element.getAsJsonObject();
            if (rendition.get("type").getAsString().equals("video")) {
                text.append(' ').append(rendition.get("name").getAsString()).append('=');
                text.append(rendition.get("width").getAsInt()).append('x');
                text.append(rendition.get("height").getAsInt());
            } else {
                sound = true;
            }
        }
        TreeSet<String> found = new TreeSet<>();
        for (JsonElement finding : json.getAsJsonArray("findings")) {
            found.add(finding.getAsJsonObject().get("code").getAsString());
        }
        List<String> seen = wanted.stream().filter(found::contains).toList();
        return text + (sound ? " +audio: " : ": ") + String.join(" ", seen);
    }
}
