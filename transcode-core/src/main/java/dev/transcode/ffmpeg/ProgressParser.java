package dev.transcode.ffmpeg;

import dev.transcode.encode.EncodeProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the {@code key=value} lines of FFmpeg's {@code -progress}. Used by one thread.
 *
 * <p>{@code out_time_ms} is in microseconds like {@code out_time_us} (FFmpeg ticket 7345), so only the latter is read;
 * both are {@code N/A} until the first packet.
 */
final class ProgressParser {
    private Duration position = Duration.ZERO;
    private long frames;
    private double framesPerSecond;
    private double speed;

    /** The state so far, when {@code line} ends a block; FFmpeg writes one about twice a second. */
    Optional<EncodeProgress> accept(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return Optional.empty();
        }
        String value = line.substring(equals + 1).strip();
        switch (line.substring(0, equals)) {
            case "frame" -> frames = (long) number(value, (double) frames);
            case "fps" -> framesPerSecond = number(value, framesPerSecond);
            case "speed" -> speed = number(value.replace("x", ""), speed);
            case "out_time_us" -> advanceTo((long) number(value, 0));
            case "progress" -> {
                return Optional.of(new EncodeProgress(position, frames, framesPerSecond, speed));
            }
            default -> {}
        }
        return Optional.empty();
    }

    /** FFmpeg 8 ends with the time of its slowest output; what was reached stays reached. */
    private void advanceTo(long micros) {
        Duration reached = Duration.ofNanos(micros * 1_000);
        if (reached.compareTo(position) > 0) {
            position = reached;
        }
    }

    private static double number(String value, double otherwise) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
