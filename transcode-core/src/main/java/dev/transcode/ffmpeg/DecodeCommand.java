package dev.transcode.ffmpeg;

import dev.transcode.verify.Pictures;
import dev.transcode.verify.SampleDecoder.Content;
import dev.transcode.verify.SampleDecoder.Sample;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * FFmpeg's argument lists for decoding without encoding: each frame becomes a thumbnail in grey, which costs next to
 * nothing beside the decoding and counts the frames as well. Pure.
 */
final class DecodeCommand {
    private static final List<String> QUIET =
            List.of("-hide_banner", "-nostdin", "-y", "-v", "level+error", "-nostats");

    /** Averaging over areas, so that noise does not look like movement. */
    private static final String THUMBNAIL =
            "scale=" + Pictures.WIDTH + ":" + Pictures.HEIGHT + ":flags=area,format=gray";

    private DecodeCommand() {}

    /**
     * Decodes all samples whole, of {@link Content#KEYFRAMES} these alone.
     *
     * @param inputOptions placed before each input
     * @param directory takes the thumbnails, {@link #thumbnails}
     */
    static List<String> decode(List<Sample> samples, List<String> inputOptions, Path directory) {
        List<String> args = new ArrayList<>(QUIET);
        for (Sample sample : samples) {
            args.addAll(inputOptions);
            if (sample.content().hasPicture()) {
                // Costs an eighth of the decoding, and neither damage nor a missing picture hides behind it.
                args.addAll(List.of("-skip_loop_filter", "all"));
            }
            if (sample.content() == Content.KEYFRAMES) {
                args.addAll(List.of("-skip_frame", "nokey"));
            }
            args.addAll(List.of("-i", "file:" + sample.file()));
        }
        for (int i = 0; i < samples.size(); i++) {
            args.addAll(outputs(samples.get(i).content(), i, thumbnails(directory, i)));
        }
        return List.copyOf(args);
    }

    private static List<String> outputs(Content content, int input, Path target) {
        List<String> picture = new ArrayList<>(List.of("-map", input + ":v:0"));
        picture.addAll(thumbnail(target));
        List<String> sound = List.of("-map", input + ":a", "-f", "null", "-");
        return switch (content) {
            case PICTURE, KEYFRAMES -> picture;
            case SOUND -> sound;
            case PICTURE_AND_SOUND -> {
                picture.addAll(sound);
                yield picture;
            }
            case UNKNOWN -> List.of("-map", input + ":v?", "-map", input + ":a?", "-f", "null", "-");
        };
    }

    /**
     * Looks at a place of a film.
     *
     * @param at on the file's own time line
     */
    static List<String> look(
            Path source, List<String> inputOptions, int streamIndex, Duration at, Duration length, Path target) {
        List<String> args = new ArrayList<>(QUIET);
        args.addAll(inputOptions);
        // Without this, -ss counts from the file's first time stamp.
        args.addAll(List.of("-seek_timestamp", "1", "-ss", FfmpegCommand.seconds(at, RoundingMode.DOWN)));
        args.addAll(List.of("-i", "file:" + source, "-map", "0:" + streamIndex));
        // An option of the output: before the input it can burn minutes of CPU.
        args.addAll(List.of("-t", FfmpegCommand.seconds(length, RoundingMode.DOWN)));
        args.addAll(thumbnail(target));
        return List.copyOf(args);
    }

    /** Where the thumbnails of a sample go. */
    static Path thumbnails(Path directory, int index) {
        return directory.resolve(index + ".gray");
    }

    private static List<String> thumbnail(Path target) {
        return List.of("-vf", THUMBNAIL, "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + target);
    }
}
