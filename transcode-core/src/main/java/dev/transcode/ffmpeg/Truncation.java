package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a file that was cut off from one whose header lies. A header's claim alone proves nothing; it counts where
 *
 * <ul>
 *   <li>the sample table of an MP4 or MOV lists packets that are not there, or the headers that AVI and FLV writers fill
 *       in when they finish promise more than there is;
 *   <li>or the demuxer itself ran into the end of the file or lost its way (Matroska's and MOV's messages), or an MP4 or WAV
 *       ends inside one of its own parts.
 * </ul>
 *
 * <p>Missing more than 2 % or half a second, whichever is more, fails; less is a finding. A transport stream promises
 * nothing: cut in half it is a shorter film.
 */
final class Truncation {
    private static final List<String> ENDED_EARLY =
            List.of("File ended prematurely", "partial file", "Truncating packet of size", "stream ends prematurely");

    private final ProbeReport report;
    private final long bytes;
    private final long missingBytes;
    private final List<String> log;
    private final boolean endedEarly;

    /**
     * @param bytes size of the file
     * @param missingBytes by which the file ends too early, by {@link FileTail}
     * @param log stderr of the packet scan
     */
    Truncation(ProbeReport report, long bytes, long missingBytes, List<String> log) {
        this.report = report;
        this.bytes = bytes;
        this.missingBytes = missingBytes;
        this.log = List.copyOf(log);
        this.endedEarly = missingBytes > 0 || lastWords() != null;
    }

    /**
     * Checks the tracks that would be used.
     *
     * @return what is to be told about a file that misses little
     * @throws TranscodeException ({@code truncated_input}) if it misses more
     */
    Optional<Finding> check(PacketScan scan) {
        for (StreamHeader stream : judged(scan)) {
            TrackScanner track = scan.track(stream.index());
            Duration promised = track == null ? null : promised(stream, track);
            if (promised == null || track == null) {
                continue;
            }
            Duration held = track.scan().duration();
            if (promised.minus(held).compareTo(tolerance(promised)) > 0) {
                throw new TranscodeException(
                        FailureCode.TRUNCATED_INPUT,
                        "cannot use the file: it ends early, " + stream.describe() + " should last "
                                + Sentences.seconds(promised) + " and holds " + Sentences.seconds(held)
                                + lastWordsOrNothing());
            }
        }
        return endedEarly
                ? Optional.of(new Finding(
                        FindingCode.TRUNCATED, "the file ends in the middle of a packet", "used as far as it goes"))
                : Optional.empty();
    }

    /** The first picture and the first sound that can be decoded, with packets if any has some. */
    private List<StreamHeader> judged(PacketScan scan) {
        List<StreamHeader> judged = new ArrayList<>();
        for (StreamHeader.Kind kind : List.of(StreamHeader.Kind.VIDEO, StreamHeader.Kind.AUDIO)) {
            StreamHeader chosen = null;
            for (StreamHeader stream : report.streams(kind)) {
                TrackScanner track = scan.track(stream.index());
                boolean filled = track != null && track.packets() > 0;
                if (stream.isDecodable() && (chosen == null || (filled && isEmpty(chosen, scan)))) {
                    chosen = stream;
                }
            }
            if (chosen != null) {
                judged.add(chosen);
            }
        }
        return judged;
    }

    private static boolean isEmpty(StreamHeader stream, PacketScan scan) {
        TrackScanner track = scan.track(stream.index());
        return track == null || track.packets() == 0;
    }

    /** How long the track must be for the file to be whole; null if nothing reliable says so. */
    private @Nullable Duration promised(StreamHeader stream, TrackScanner track) {
        if (report.isMov()) {
            // Without packet count it is fragmented: its header is written first, and guesses.
            boolean misses = stream.frames() > 0 && track.packets() < stream.frames();
            return misses || endedEarly ? stream.duration() : null;
        }
        if (report.format().equals("avi")) {
            // The stream's length counts in its own time base (one tick a frame), as avi.h's dwLength does.
            long nanos = stream.timeBase().nanos(stream.frames());
            return stream.frames() > 0 ? Duration.ofNanos(nanos) : null;
        }
        if (report.format().equals("wav")) {
            Duration held = track.scan().duration();
            return Duration.ofNanos(Math.round(held.toNanos() * (1 + (double) missingBytes / bytes)));
        }
        if (report.format().equals("flv") || endedEarly) {
            return stream.duration() != null ? stream.duration() : report.duration();
        }
        return null;
    }

    private static Duration tolerance(Duration promised) {
        Duration share = promised.dividedBy(50);
        Duration least = Duration.ofMillis(500);
        return share.compareTo(least) > 0 ? share : least;
    }

    private @Nullable String lastWords() {
        for (int i = log.size() - 1; i >= 0; i--) {
            String line = log.get(i);
            // Matroska's demuxer goes on no further where it has lost its way.
            if (line.startsWith("[matroska,webm @") || ENDED_EARLY.stream().anyMatch(line::contains)) {
                return line;
            }
        }
        return null;
    }

    private String lastWordsOrNothing() {
        String words = lastWords();
        return words == null ? "" : ": " + ProbeFailure.clean(words);
    }
}
