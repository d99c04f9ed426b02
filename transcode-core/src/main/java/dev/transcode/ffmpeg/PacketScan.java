package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the lines of {@code ffprobe -show_packets} and measures every picture and sound track. Not thread-safe.
 *
 * <p>Where a broadcast's clock jumps, the parts are joined as ffmpeg does (its {@code dts_delta_threshold}): a time
 * more than ten seconds off what its track expects, or before what it has had, shifts all that follow in all tracks.
 */
final class PacketScan {
    private static final long JUMP_NANOS = 10_000_000_000L;
    private static final long BACKWARD_NANOS = 100_000_000L;

    private final Map<Integer, TrackScanner> tracks = new HashMap<>();
    private final Map<Integer, Long> expected = new HashMap<>();
    private final boolean jumpingClock;
    private long offset;

    PacketScan(ProbeReport report) {
        this.jumpingClock = report.hasJumpingClock();
        for (StreamHeader stream : report.streams()) {
            if (!stream.still() && (stream.video() != null || stream.audio() != null)) {
                tracks.put(stream.index(), new TrackScanner(stream));
            }
        }
    }

    /**
     * Takes in one line; those that are no packet of a picture or sound are ignored.
     *
     * @throws TranscodeException ({@code limit_duration}) once a track is longer than allowed
     */
    void accept(String line) {
        Packet packet = Packet.parse(line);
        TrackScanner track = packet == null ? null : tracks.get(packet.stream());
        if (packet == null || track == null) {
            return;
        }
        if (jumpingClock) {
            followClock(packet, track);
        }
        track.add(packet, offset);
        if (track.spanNanos() > ProbeLimits.MAX_DURATION.toNanos()) {
            throw new TranscodeException(
                    FailureCode.LIMIT_DURATION,
                    "cannot accept the file: " + track.header().describe() + " is longer than "
                            + ProbeLimits.MAX_DURATION.toHours() + " hours");
        }
    }

    /** The track of a stream; null for cover art, subtitles and data. */
    @Nullable
    TrackScanner track(int index) {
        return tracks.get(index);
    }

    private void followClock(Packet packet, TrackScanner track) {
        if (packet.decoding() == Packet.NO_TIME) {
            return;
        }
        TimeBase base = track.header().timeBase();
        long time = base.nanos(packet.decoding());
        Long next = expected.get(packet.stream());
        if (next != null) {
            long delta = time + offset - next;
            if (delta > JUMP_NANOS || delta < -BACKWARD_NANOS - base.nanos(packet.duration())) {
                offset -= delta;
            }
        }
        expected.put(packet.stream(), time + offset + base.nanos(packet.duration()));
    }
}
