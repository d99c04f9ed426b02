package dev.transcode.worker.stub;

import dev.transcode.Transcoder;
import dev.transcode.contract.SampleMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.media.MediaInfo;
import dev.transcode.storage.Storage;
import dev.transcode.verify.Pictures;
import dev.transcode.verify.SampleDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A silent film of 2 s, 64x36. Whatever the source is, the prober says it is this film; what the encoder makes of it
 * comes out of a folder of recordings, into which FFmpeg put it the first time. So everything but the encoding is real,
 * and an attempt takes milliseconds. Any number of processes may share the folder.
 */
public final class StubFilm {
    private static final int FRAMES = 50;

    private final Path recordings;

    private StubFilm(Path recordings) {
        this.recordings = recordings;
    }

    /** @param recordings made if it is missing */
    public static StubFilm in(Path recordings) throws IOException {
        return new StubFilm(Files.createDirectories(recordings));
    }

    /** What the prober says. */
    public static MediaInfo info() {
        return SampleMedia.of(64, 36).videoFrom(0, 2_000).silent().info();
    }

    /** Plays back what FFmpeg made once. */
    public Encoder encoder() {
        return new RecordedEncoder(recordings, this::film, StubFilm::ffmpeg);
    }

    /** All stubs at once. */
    public Transcoder transcoder(Storage storage, Path workDirectory, Encoder encoder) {
        return Transcoder.builder()
                .storage(storage)
                .workDirectory(workDirectory)
                .prober((file, cancellation) -> info())
                .encoder(encoder)
                .decoder(decoder())
                .build();
    }

    private static Encoder ffmpeg() {
        return new FfmpegEncoder(FfmpegInstallation.find(System.getenv()));
    }

    private Path film() throws IOException {
        Path film = recordings.resolve("film.mp4");
        if (!Files.exists(film)) {
            Path made = Files.createTempFile(recordings, "film", ".mp4");
            make(made);
            Files.move(made, film, StandardCopyOption.ATOMIC_MOVE);
        }
        return film;
    }

    private static void make(Path target) throws IOException {
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        List<String> command = new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-y", "-f", "lavfi"));
        command.addAll(List.of("-i", "testsrc2=size=64x36:rate=25:duration=2", "-c:v", "libx264"));
        command.addAll(List.of("-pix_fmt", "yuv420p", "-f", "mp4", target.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(ffmpeg.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("cannot make the stub film: ffmpeg failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making the stub film", e);
        }
    }

    /** Decodes nothing and says that the pictures move. */
    private static SampleDecoder decoder() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = new byte[Pictures.WIDTH * Pictures.HEIGHT];
            Arrays.fill(frame, (byte) (4 * i));
            frames.add(frame);
        }
        return new FixedDecoder(new Pictures(frames));
    }

    /** The environment of a worker for tests: a short lease, no port. */
    public static Map<String, String> environment(Path workDirectory) {
        return Map.of(
                "TRANSCODE_WORK_DIR", workDirectory.toString(),
                "TRANSCODE_LEASE", "2s",
                "TRANSCODE_HEALTH_PORT", "off");
    }
}
