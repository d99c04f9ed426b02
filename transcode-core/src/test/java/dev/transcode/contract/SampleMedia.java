package dev.transcode.contract;

import dev.transcode.media.AudioStream;
import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Resolution;
import dev.transcode.media.TrackScan;
import dev.transcode.media.VideoStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Media to plan with, described in a line; every method returns a changed copy. */
public record SampleMedia(
        Resolution coded,
        int sampleAspectWidth,
        int sampleAspectHeight,
        int rotation,
        FrameRate frameRate,
        boolean variable,
        String pixelFormat,
        Color color,
        FieldOrder fieldOrder,
        Duration videoStart,
        Duration videoEnd,
        Optional<Duration> audioStart,
        Duration audioEnd) {

    /** 30 s at 25 frames a second, yuv420p, BT.709, with sound. */
    public static SampleMedia of(int width, int height) {
        return new SampleMedia(
                new Resolution(width, height),
                1,
                1,
                0,
                FrameRate.of(25),
                false,
                "yuv420p",
                new Color("tv", "bt709", "bt709", "bt709"),
                FieldOrder.PROGRESSIVE,
                Duration.ZERO,
                Duration.ofSeconds(30),
                Optional.of(Duration.ZERO),
                Duration.ofSeconds(30));
    }

    public SampleMedia aspect(int width, int height) {
        return new SampleMedia(
                coded,
                width,
                height,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                color,
                fieldOrder,
                videoStart,
                videoEnd,
                audioStart,
                audioEnd);
    }

    public SampleMedia rotated(int degrees) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                degrees,
                frameRate,
                variable,
                pixelFormat,
                color,
                fieldOrder,
                videoStart,
                videoEnd,
                audioStart,
                audioEnd);
    }

    public SampleMedia rate(String rate, boolean isVariable) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                FrameRate.parse(rate),
                isVariable,
                pixelFormat,
                color,
                fieldOrder,
                videoStart,
                videoEnd,
                audioStart,
                audioEnd);
    }

    public SampleMedia color(String format, Color newColor) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                format,
                newColor,
                fieldOrder,
                videoStart,
                videoEnd,
                audioStart,
                audioEnd);
    }

    public SampleMedia interlaced(FieldOrder order) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                color,
                order,
                videoStart,
                videoEnd,
                audioStart,
                audioEnd);
    }

    /** The picture's first and last moment in the file's time line, in milliseconds. */
    public SampleMedia videoFrom(long start, long end) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                color,
                fieldOrder,
                Duration.ofMillis(start),
                Duration.ofMillis(end),
                audioStart,
                audioEnd);
    }

    /** The sound's first and last moment in the file's time line, in milliseconds. */
    public SampleMedia audioFrom(long start, long end) {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                color,
                fieldOrder,
                videoStart,
                videoEnd,
                Optional.of(Duration.ofMillis(start)),
                Duration.ofMillis(end));
    }

    public SampleMedia silent() {
        return new SampleMedia(
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                color,
                fieldOrder,
                videoStart,
                videoEnd,
                Optional.empty(),
                videoEnd);
    }

    public MediaInfo info() {
        long frames = frameRate.framesIn(videoEnd.minus(videoStart));
        VideoStream video = new VideoStream(
                0,
                "h264",
                "High",
                coded,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                frameRate,
                variable,
                pixelFormat,
                8,
                color,
                fieldOrder,
                new TrackScan(videoStart, videoEnd, frames, frames / 50 + 1));
        return new MediaInfo(
                "mov,mp4,m4a,3gp,3g2,mj2", 20_000_000, Optional.of(videoEnd), Optional.of(video), audio(), List.of());
    }

    /** The same without its picture. */
    public MediaInfo audioOnly() {
        return new MediaInfo("mp3", 1_000_000, Optional.of(audioEnd), Optional.empty(), audio(), List.of());
    }

    private List<AudioStream> audio() {
        return audioStart
                .map(start -> List.of(new AudioStream(
                        1, "aac", 6, "5.1", 48_000, "eng", new TrackScan(start, audioEnd, 1_400, 1_400))))
                .orElse(List.of());
    }
}
