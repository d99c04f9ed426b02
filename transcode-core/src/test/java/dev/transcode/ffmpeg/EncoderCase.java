package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.LadderJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small films, the plan for them, and what {@link FfmpegEncoder} makes of it, with each FFmpeg there is. */
@Timeout(120)
abstract class EncoderCase {
    private static final EncodeSettings FAST =
            new EncodeSettings(VideoCodec.H264, Preset.ULTRAFAST, RateControl.BITRATE, 21, 60, 4);

    /** The second rung takes every second or third frame where the source has more than 20. */
    private static final Ladder LADDER = LadderJson.parse("""
            [{"name": "a", "height": 144, "bitrate": "300k", "audio_bitrate": "96k"},
             {"name": "b", "height": 96, "bitrate": "100k", "audio_bitrate": "64k", "max_fps": 20}]""");

    private static final String PICTURE = "-f lavfi -i testsrc2=size=256x144:rate=%s:duration=%s";
    static final String SOUND = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=%s";
    static final String CODECS = " -c:v libx264 -preset ultrafast -bf 2 -pix_fmt yuv420p -c:a aac ";

    @TempDir
    Path temp;

    static Stream<FfmpegInstallation> installations() {
        return Installations.all();
    }

    Failure failure(FfmpegInstallation installation, Path source) {
        return failure(installation, plan(installation, source), source);
    }

    Failure failure(FfmpegInstallation installation, EncodePlan plan, Path source) {
        return catchThrowableOfType(
                        TranscodeException.class,
                        () -> new FfmpegEncoder(installation)
                                .encode(plan, source, newOutput(), EncodeListener.NONE, new Cancellation()))
                .failure();
    }

    EncodedMedia encode(FfmpegInstallation installation, EncodePlan plan, Path source) {
        return new FfmpegEncoder(installation)
                .encode(plan, source, newOutput(), EncodeListener.NONE, new Cancellation());
    }

    static EncodePlan plan(FfmpegInstallation installation, Path source) {
        return EncodePlanner.plan(new FfprobeProber(installation).probe(source, new Cancellation()), LADDER, FAST);
    }

    Path newOutput() {
        try {
            return Files.createTempDirectory(temp, "out");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Lengths in seconds; without sound where its length is 0. */
    static String film(String rate, double picture, double sound) {
        return film(rate, picture, "", sound);
    }

    static String film(String rate, double picture, String soundOption, double sound) {
        String input = PICTURE.formatted(rate, picture);
        return sound == 0 ? input : input + " " + soundOption + SOUND.formatted(sound);
    }
}
