package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.ffmpeg.FfmpegInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half files, garbage, no frames, encrypted ones: FFmpeg exits 0 on most of them. None may come out as complete. */
class BadInputRunIT {
    private static final Duration FAILS_WITHIN = Duration.ofSeconds(10);

    @TempDir
    private static Path films;

    private static Path film;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeFilm() throws Exception {
        film = Films.small(films.resolve("film.mp4"), 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts"})
    void halfAFileFails(String container) throws Exception {
        Path whole = copied("whole." + container);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half." + container), Arrays.copyOf(bytes, bytes.length / 2));

        // An MP4 written in one go has its index at the end; a transport stream knows no length, and half is a film.
        if (container.equals("mp4")) {
            assertFails(half, "bad_input");
        } else if (container.equals("mkv")) {
            assertFails(half, "truncated_input");
        } else {
            JsonObject json = run(half, 0);
            assertThat(json.get("duration").getAsDouble()).isBetween(3.0, 5.0);
        }
    }

    @Test
    void halfAnMp4WithItsIndexInFrontFails() throws Exception {
        Path whole = copied("fast.mp4", "-movflags", "+faststart");
        byte[] bytes = Files.readAllBytes(whole);

        assertFails(Files.write(folder.resolve("half.mp4"), Arrays.copyOf(bytes, bytes.length / 2)), "truncated_input");
    }

    @Test
    void aTransportStreamFullOfNoiseFails() throws Exception {
        byte[] bytes = Files.readAllBytes(copied("whole.ts"));

        assertFails(Files.write(folder.resolve("garbled.ts"), garbled(bytes)), "decode_errors");
    }

    /** What the demuxers make of a middle third of noise differs; none may call the film complete. */
    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts", "mpg"})
    void noiseInTheMiddleFails(String container) throws Exception {
        Path whole = container.equals("mpg")
                ? copied("whole.mpg", "-c:v", "mpeg2video", "-c:a", "mp2")
                : copied("whole." + container);
        byte[] bytes = Files.readAllBytes(whole);
        byte[] noise = new byte[bytes.length / 3];
        new Random(5).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, bytes.length / 3, noise.length);

        assertFails(
                Files.write(folder.resolve("noise." + container), bytes),
                "decode_errors",
                "truncated_input",
                "bad_input");
    }

    @Test
    void randomBytesFail() throws Exception {
        byte[] bytes = new byte[500_000];
        new Random(7).nextBytes(bytes);

        assertFails(Files.write(folder.resolve("random.mp4"), bytes), "bad_input");
    }

    @Test
    void anMp4WithoutAFrameFails() throws Exception {
        assertFails(copied("empty.mp4", "-frames:v", "0", "-frames:a", "0"), "no_video", "bad_input");
    }

    @Test
    void anEncryptedMp4Fails() throws Exception {
        Path encrypted = copied(
                "drm.mp4",
                "-encryption_scheme",
                "cenc-aes-ctr",
                "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb",
                "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8");

        assertFails(encrypted, "unsupported_format");
    }

    private void assertFails(Path input, String... codes) throws IOException {
        long start = System.nanoTime();
        JsonObject json = run(input, 1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAILS_WITHIN);
        assertThat(json.get("status").getAsString()).isEqualTo("failed");
        assertThat(json.get("error_code").getAsString()).isIn(Arrays.asList(codes));
        assertThat(json.get("error").getAsString()).isNotBlank();
        assertThat(json.get("hint").getAsString()).isNotBlank();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private JsonObject run(Path input, int code) {
        CommandRun run = CommandRun.of(
                "run", input.toString(), "-o", folder.resolve("out").toString(), "--preset=ultrafast", "--json");

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    /** From a quarter on, every third packet is noise behind its headers: there is still a film, but a damaged one. */
    private static byte[] garbled(byte[] stream) {
        Random random = new Random(3);
        byte[] noise = new byte[150];
        for (int packet = stream.length / 188 / 4; packet < stream.length / 188; packet += 3) {
            random.nextBytes(noise);
            System.arraycopy(noise, 0, stream, packet * 188 + 30, noise.length);
        }
        return stream;
    }

    private Path copied(String name, String... options) throws Exception {
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(Map.copyOf(System.getenv()));
        Path target = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-nostdin", "-i", film.toString(), "-c", "copy"));
        command.addAll(List.of(options));
        command.add(target.toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(ffmpeg.environment());
        assertThat(builder.start().waitFor()).isZero();
        return target;
    }
}
