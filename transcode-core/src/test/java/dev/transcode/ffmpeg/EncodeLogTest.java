package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The lines are FFmpeg's own, recorded with a damaged file. */
class EncodeLogTest {
    private final EncodeLog log = new EncodeLog();

    @Test
    void readsFfmpeg5() {
        read("""
                [Parsed_fps_0 @ 0x5589] [verbose] 0 frames in, 0 frames out; 0 frames dropped, 0 frames duplicated.
                [h264 @ 0x55893377f580] [info] concealing 469 DC, 469 AC, 469 MV errors in P frame
                [NULL @ 0x55893370ff40] [error] Invalid NAL unit size (-1 > 551).
                [h264 @ 0x55893372f140] [error] Error splitting the input into NAL units.
                [error] Error while decoding stream #0:0: Invalid data found when processing input
                [warning] file:/w/s20.mp4: corrupt decoded frame in stream 0
                [verbose] Input file #0 (file:/w/s20.mp4):
                [verbose]   Input stream #0:0 (video): 50 packets read (45842 bytes); 49 frames decoded;\s
                [verbose]   Input stream #0:1 (audio): 134 packets read (135653 bytes); 134 frames decoded (137216 samples);\s
                [verbose]   Total: 50 packets (45842 bytes) demuxed
                [info] bench: utime=2.290s stime=0.127s rtime=1.420s
                [info] bench: maxrss=92860kB
                [Parsed_fps_2 @ 0x5589] [verbose] 49 frames in, 50 frames out; 0 frames dropped, 1 frames duplicated.
                """);

        assertThat(log.decoded(0)).isEqualTo(new EncodeLog.Decoded(50, 49, 1));
        assertThat(log.decoded(1)).isEqualTo(new EncodeLog.Decoded(134, 134, 0));
        assertThat(log.damagedFrames()).isEqualTo(1);
        assertThat(log.sourceFrames()).isEqualTo(50);
        assertThat(log.cpu()).isEqualTo(Duration.ofMillis(2_417));
        assertThat(log.peakMemoryBytes()).isEqualTo(92_860L * 1_024);
        assertThat(log.complaints())
                .containsExactly(
                        "Invalid NAL unit size (-1 > 551).",
                        "Error splitting the input into NAL units.",
                        "Error while decoding stream #0:0: Invalid data found when processing input",
                        "file:/w/s20.mp4: corrupt decoded frame in stream 0");
    }

    @Test
    void readsFfmpeg8() {
        read("""
                [h264 @ 0x558fca7acd80] [info] concealing 469 DC, 469 AC, 469 MV errors in P frame
                [vist#0:0/h264 @ 0x558f] [dec:h264 @ 0x558f] [error] Error submitting packet to decoder: Invalid data
                [vist#0:0/h264 @ 0x558f] [dec:h264 @ 0x558f] [warning] corrupt decoded frame
                [vist#0:0/h264 @ 0x558f] [dec:h264 @ 0x558f] [warning] corrupt decoded frame
                [vist#0:0/h264 @ 0x558f] [dec:h264 @ 0x558f] [verbose] Decode error rate 0.02
                [Parsed_fps_2 @ 0x7f2b] [verbose] 49 frames in, 50 frames out; 0 frames dropped, 1 frames duplicated.
                [in#0/mov,mp4 @ 0x558f] [verbose]   Input stream #0:0 (video): 50 packets read (45842 bytes); 49 frames decoded; 1 decode errors;\s
                [in#0/mov,mp4 @ 0x558f] [verbose]   Input stream #0:1 (audio): 146 packets read (148487 bytes); 137 frames decoded; 0 decode errors (140288 samples);\s
                [info] bench: utime=1.031s stime=0.069s rtime=1.021s
                [info] bench: maxrss=82404KiB
                """);

        assertThat(log.decoded(0)).isEqualTo(new EncodeLog.Decoded(50, 49, 1));
        assertThat(log.decoded(1)).isEqualTo(new EncodeLog.Decoded(146, 137, 0));
        assertThat(log.damagedFrames()).isEqualTo(2);
        assertThat(log.sourceFrames()).isEqualTo(50);
        assertThat(log.cpu()).isEqualTo(Duration.ofMillis(1_100));
        assertThat(log.peakMemoryBytes()).isEqualTo(82_404L * 1_024);
        assertThat(log.complaints()).hasSize(2).last().isEqualTo("corrupt decoded frame");
    }

    @Test
    void anUnreadStreamHasNothing() {
        read("[verbose]   Input stream #0:1 (audio): 0 packets read (0 bytes); ");

        assertThat(log.decoded(1)).isEqualTo(EncodeLog.Decoded.NOTHING);
        assertThat(log.decoded(7)).isEqualTo(EncodeLog.Decoded.NOTHING);
    }

    @Test
    void aSoundThatChangesIsToldFromAPictureThatDoes() {
        read("[graph 0 input from stream 0:0 @ 0x1] [warning] Changing video frame properties on the fly is not"
                + " supported by all filters.");
        assertThat(log.soundChanged()).isFalse();

        read("[graph_1_in_0:1 @ 0x1] [error] Changing audio frame properties on the fly is not supported.");
        assertThat(log.soundChanged()).isTrue();
    }

    @Test
    void complaintsAreBoundedAndNotRepeated() {
        for (int i = 0; i < 1_000; i++) {
            read("[x @ 0x1] [warning] always the same");
        }
        assertThat(log.complaints()).containsExactly("always the same");

        for (int i = 0; i < 1_000; i++) {
            read("[x @ 0x1] [warning] number " + i);
        }
        assertThat(log.complaints()).hasSize(40).last().isEqualTo("number 999");
    }

    @Test
    void linesOfAnyShapeAreTaken() {
        read("[");
        read("]][ [error");
        read("[error]");
        read("no brackets at all");
        read("\u0000\uFFFD");

        assertThat(log.decoded(0)).isEqualTo(EncodeLog.Decoded.NOTHING);
    }

    private void read(String lines) {
        lines.lines().forEach(log::accept);
    }
}
