package dev.transcode.ladder;

import dev.transcode.media.Bitrate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One step of a ladder: what the user wishes for, before the source is known.
 *
 * @param name names the output: 1 to 32 of {@code A-Za-z0-9_-}; not {@code hls}, {@code master} or {@code audio}
 * @param height of the shorter side in pixels, 16 to 8192
 * @param bitrate of the video
 * @param audioBitrate of the audio
 * @param codec if it differs from the job's
 * @param preset if it differs from the job's
 * @param crf if it differs from the job's, 0 to 51
 * @param maxFps if it differs from the job's, 1 to 120
 */
public record Rung(
        String name,
        int height,
        Bitrate bitrate,
        Bitrate audioBitrate,
        Optional<VideoCodec> codec,
        Optional<Preset> preset,
        OptionalInt crf,
        OptionalInt maxFps) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");
    private static final Set<String> RESERVED = Set.of("hls", "master", "audio");

    public Rung {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("rung name is not 1 to 32 of A-Z a-z 0-9 _ -: '" + name + "'");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("rung name is reserved: '" + name + "'");
        }
        if (height < 16 || height > 8192) {
            throw new IllegalArgumentException("rung '" + name + "': height must be 16 to 8192: " + height);
        }
        EncodeSettings.checkCrf(crf);
        EncodeSettings.checkMaxFps(maxFps);
    }

    /** A rung that follows the job's settings in all else. */
    public static Rung of(String name, int height, Bitrate bitrate, Bitrate audioBitrate) {
        return new Rung(
                name,
                height,
                bitrate,
                audioBitrate,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
