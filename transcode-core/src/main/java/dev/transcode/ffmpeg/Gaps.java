package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tells a damaged film from one with pauses. Where a picture of constant rate has no frames for more than 2 % of its time,
 * half a second at least, and the demuxer complained or the container belongs to broadcasts, which have no pauses,
 * packets were lost; the encoder would show a still picture instead and call it complete.
 */
final class Gaps {
    private static final Set<String> WITHOUT_PAUSES = Set.of("mpegts", "mpeg");

    private Gaps() {}

    /**
     * @param log stderr of the packet scan
     * @throws TranscodeException ({@code decode_errors}) if too much is lost
     */
    static void check(ProbeReport report, TrackScanner picture, List<String> log) {
        Duration gaps = Duration.ofNanos(picture.timing().gapNanos());
        Duration length = Duration.ofNanos(picture.spanNanos());
        boolean explained = log.isEmpty() && !WITHOUT_PAUSES.contains(report.format());
        if (explained || gaps.compareTo(FilterGraph.tolerance(length)) <= 0) {
            return;
        }
        throw new TranscodeException(
                FailureCode.DECODE_ERRORS,
                "cannot use the file: " + picture.header().describe() + " has no frames for "
                        + Sentences.seconds(gaps) + " of " + Sentences.seconds(length)
                        + (log.isEmpty() ? "" : ": " + ProbeFailure.clean(log.get(log.size() - 1))));
    }
}
