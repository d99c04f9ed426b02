package dev.transcode.encode;

import java.time.Duration;
import java.util.List;

/**
 * What an encode took and said.
 *
 * @param wall time from start to end
 * @param cpu user and system time of the encoder
 * @param peakMemoryBytes resident memory of the encoder at its peak
 * @param decodedFrames frames of the source's picture that were decoded; 0 for audio only
 * @param decodeErrors packets of the source's streams that could not be decoded
 * @param command the exact argument list
 * @param encoderVersion e.g. {@code ffmpeg 8.1.2}
 * @param log the encoder's last warnings and errors
 */
public record EncodeStats(
        Duration wall,
        Duration cpu,
        long peakMemoryBytes,
        long decodedFrames,
        long decodeErrors,
        List<String> command,
        String encoderVersion,
        List<String> log) {
    public EncodeStats {
        command = List.copyOf(command);
        log = List.copyOf(log);
    }
}
