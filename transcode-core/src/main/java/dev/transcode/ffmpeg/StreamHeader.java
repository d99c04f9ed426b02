package dev.transcode.ffmpeg;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the file's header describes it.
 *
 * @param codec FFmpeg's name; {@code unknown} if it knows none
 * @param tag the container's own four letters for the codec
 * @param language ISO 639-2 code; empty if unknown
 * @param duration as the header claims; null if it does not
 * @param frames number of packets the header claims; 0 if it does not
 * @param still whether it is cover art, a thumbnail or another single picture
 * @param video set for pictures only
 * @param audio set for sound only
 */
record StreamHeader(
        int index,
        Kind kind,
        String codec,
        String tag,
        String language,
        TimeBase timeBase,
        @Nullable Duration duration,
        long frames,
        boolean still,
        @Nullable VideoHeader video,
        @Nullable AudioHeader audio) {
    /** What a stream holds. */
    enum Kind {
        VIDEO,
        AUDIO,
        SUBTITLE,
        DATA
    }

    static final String UNKNOWN_CODEC = "unknown";

    /** Whether it is a moving picture or sound that this FFmpeg can decode. */
    boolean isDecodable() {
        if (still || codec.equals(UNKNOWN_CODEC)) {
            return false;
        }
        return (video != null && video.isDecodable()) || (audio != null && audio.isDecodable());
    }

    /** For messages: {@code stream 2 (apac)}. */
    String describe() {
        String name = codec.equals(UNKNOWN_CODEC) && !tag.isEmpty() ? tag : codec;
        return "stream " + index + " (" + name + ")";
    }

    StreamHeader withVideo(VideoHeader replaced) {
        return new StreamHeader(index, kind, codec, tag, language, timeBase, duration, frames, still, replaced, audio);
    }
}
