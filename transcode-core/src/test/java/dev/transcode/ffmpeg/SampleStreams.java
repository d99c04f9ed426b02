package dev.transcode.ffmpeg;

import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import java.time.Duration;
import java.util.Objects;

/** Stream headers for tests: plain ones, and ways to make them odd. */
final class SampleStreams {
    private SampleStreams() {}

    /** Stream 0: progressive H.264, 640x360. */
    static StreamHeader video(String timeBase, String rate) {
        return new StreamHeader(
                0,
                StreamHeader.Kind.VIDEO,
                "h264",
                "avc1",
                "",
                TimeBase.parse(timeBase),
                null,
                0,
                false,
                picture(640, 360, rate, "yuv420p", FieldOrder.PROGRESSIVE),
                null);
    }

    static StreamHeader interlaced(String timeBase, String rate, FieldOrder order) {
        StreamHeader video = video(timeBase, rate);
        return video.withVideo(Objects.requireNonNull(video.video()).withFieldOrder(order));
    }

    /** H.264 at 25 frames a second with ticks of a frame. */
    static StreamHeader video(VideoHeader picture) {
        return video("1/25", "25/1").withVideo(picture);
    }

    static VideoHeader picture(int width, int height, String rate, String format, FieldOrder order) {
        return new VideoHeader(
                width, height, 1, 1, 0, "High", format, Color.UNSPECIFIED, order, FrameRate.parse(rate), null);
    }

    /** Stereo AAC with ticks of a sample. */
    static StreamHeader audio(int index, int sampleRate) {
        return audio(index, sampleRate, 2, true);
    }

    static StreamHeader audio(int index, int sampleRate, int channels, boolean decoder) {
        return new StreamHeader(
                index,
                StreamHeader.Kind.AUDIO,
                decoder ? "aac" : StreamHeader.UNKNOWN_CODEC,
                decoder ? "mp4a" : "apac",
                "",
                new TimeBase(1, sampleRate),
                null,
                0,
                false,
                null,
                new AudioHeader(channels, "", sampleRate, decoder));
    }

    /** Subtitles or data. */
    static StreamHeader other(int index, StreamHeader.Kind kind, String codec) {
        return new StreamHeader(index, kind, codec, "", "", new TimeBase(1, 1_000), null, 0, false, null, null);
    }

    /** The same stream with another index, claims of its header, and flag. */
    static StreamHeader with(StreamHeader stream, int index, Duration duration, long frames, boolean still) {
        return new StreamHeader(
                index,
                stream.kind(),
                stream.codec(),
                stream.tag(),
                stream.language(),
                stream.timeBase(),
                duration,
                frames,
                still,
                stream.video(),
                stream.audio());
    }
}
