package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.TranscodeException;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import dev.transcode.media.TrackScan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketScanTest {
    @ParameterizedTest
    @ValueSource(strings = {"5.1", "8.1"})
    void twoFieldsInATransportStreamAreOneFrame(String version) {
        ProbeReport header = ProbeFixtures.header("s12", version);
        TrackScanner video = track(ProbeFixtures.scan(header, "s12", version), 0);

        assertThat(video.packets()).isEqualTo(62);
        assertThat(video.scan().packets()).isEqualTo(31);
        assertThat(video.timing()).isEqualTo(new FrameTiming(new FrameRate(30_000, 1_001), false, 0));
        assertThat(video.scan().start()).isEqualTo(Duration.ofNanos(1_433_367_000));
        assertThat(video.scan().end()).isEqualTo(Duration.ofNanos(2_467_733_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1", "8.1"})
    void aPhonesFrameRateVaries(String version) {
        ProbeReport header = ProbeFixtures.header("s04", version);
        TrackScanner video = track(ProbeFixtures.scan(header, "s04", version), 0);

        assertThat(video.timing().variable()).isTrue();
        assertThat(video.timing().rate().value()).isBetween(10.4, 10.6);
        assertThat(video.scan().packets()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1", "8.1"})
    void aFileWithoutDurationIsMeasured(String version) {
        ProbeReport header = ProbeFixtures.header("s16", version);
        PacketScan scan = ProbeFixtures.scan(header, "s16", version);

        assertThat(header.duration()).isNull();
        assertThat(track(scan, 0).scan()).isEqualTo(new TrackScan(Duration.ZERO, Duration.ofMillis(4_938), 74, 1));
        assertThat(track(scan, 1).scan().start()).isEqualTo(Duration.ofMillis(15));
    }

    @Test
    void framesAreCountedInTheOrderTheyAreShown() {
        PacketScan scan = scan("matroska,webm", SampleStreams.video("1/25", "25/1"));
        lines(scan, "0|0|0|1|K__", "0|3|1|1|___", "0|1|2|1|___", "0|2|3|1|___", "0|4|4|1|___");

        assertThat(track(scan, 0).timing()).isEqualTo(new FrameTiming(FrameRate.of(25), false, 0));
        assertThat(track(scan, 0).scan()).isEqualTo(new TrackScan(Duration.ZERO, Duration.ofMillis(200), 5, 1));
    }

    @Test
    void whatLiesOutsideTheEditListIsNotShown() {
        PacketScan scan = scan("mov", SampleStreams.video("1/25", "25/1"), SampleStreams.audio(1, 48_000));
        lines(scan, "0|-2|-2|1|KD_", "0|-1|-1|1|_D", "0|0|0|1|__", "0|1|1|1|__");
        lines(scan, "1|-1024|-1024|1024|KD_|Skip Samples|1124|0", "", "1|0|0|1024|K__", "1|1024|1024|1024|K__");

        assertThat(track(scan, 0).packets()).isEqualTo(4);
        assertThat(track(scan, 0).scan()).isEqualTo(new TrackScan(Duration.ZERO, Duration.ofMillis(80), 2, 0));
        // 1124 samples are skipped: the whole discarded packet and 100 samples of the next.
        assertThat(track(scan, 1).scan().start()).isEqualTo(Duration.ofNanos(2_083_000));
    }

    @Test
    void encoderDelayAndPaddingAreNoSound() {
        PacketScan scan = scan("mp3", SampleStreams.audio(0, 44_100));
        lines(scan, "0|0|0|1152|K_|Skip Samples|1105|0", "0|1152|1152|1152|K_|Skip Samples|0|1152");

        assertThat(track(scan, 0).scan().start()).isEqualTo(Duration.ofNanos(25_057_000));
        assertThat(track(scan, 0).scan().end()).isEqualTo(Duration.ofNanos(26_122_000));
    }

    @Test
    void theLastFrameOfAConstantRateLastsAsLongAsTheOthers() {
        PacketScan scan = scan("avi", SampleStreams.video("1/50", "25/1"));
        lines(scan, "0|N/A|0|1|K__", "0|N/A|2|1|___", "0|N/A|4|1|___", "0|N/A|6|N/A|___");

        assertThat(track(scan, 0).scan().end()).isEqualTo(Duration.ofMillis(160));
    }

    @Test
    void aBroadcastsClockJumpIsJoined() {
        PacketScan scan = scan("mpegts", SampleStreams.video("1/25", "25/1"));
        lines(scan, "0|100|100|1|K__", "0|101|101|1|___", "0|900000|900000|1|K__", "0|900001|900001|1|___");
        lines(scan, "0|5|5|1|K__", "0|6|6|1|___");

        assertThat(track(scan, 0).scan())
                .isEqualTo(new TrackScan(Duration.ofSeconds(4), Duration.ofMillis(4_240), 6, 3));
    }

    @Test
    void aFilmOfThirteenHoursIsRefusedAsSoonAsItIsSeen() {
        PacketScan scan = scan("matroska,webm", SampleStreams.video("1/1", "1/1"));
        scan.accept("0|0|0|1|K__");

        assertThatThrownBy(() -> scan.accept("0|46800|46800|1|K__"))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("longer than 12 hours");
    }

    @Test
    void garbageAndOtherStreamsAreIgnored() {
        PacketScan scan = scan("mov", SampleStreams.video("1/25", "25/1"));
        lines(scan, "", "x", "0|1", "0|a|b|c|d", "7|0|0|1|K__", "|||||");

        assertThat(track(scan, 0).scan()).isEqualTo(TrackScan.EMPTY);
    }

    @Test
    void fieldPairsAndWholeFramesMayAlternate() {
        StreamHeader stream = SampleStreams.interlaced("1/90000", "30000/1001", FieldOrder.TOP_FIRST);
        PacketScan scan = scan("mpegts", stream);
        // field, field, whole frame, field, field: PAFF may choose for each frame
        lines(scan, "0|0|0|1501|K__", "0|1501|1501|1502|___", "0|3003|3003|3003|___", "0|6006|6006|1501|___");
        lines(scan, "0|7507|7507|1502|___");

        assertThat(track(scan, 0).scan().packets()).isEqualTo(3);
        assertThat(track(scan, 0).scan().end()).isEqualTo(Duration.ofNanos(100_100_000));
    }

    private static PacketScan scan(String format, StreamHeader... streams) {
        return new PacketScan(new ProbeReport(format, null, List.of(streams)));
    }

    private static void lines(PacketScan scan, String... lines) {
        for (String line : lines) {
            scan.accept(line);
        }
    }

    private static TrackScanner track(PacketScan scan, int index) {
        return Objects.requireNonNull(scan.track(index));
    }
}
