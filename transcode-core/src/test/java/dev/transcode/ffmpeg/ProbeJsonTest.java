package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.FrameRate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeJsonTest {
    /** Of each corpus file's picture: codec, size, sample aspect, rotation, format, field order, average rate. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s01 | 0 | h264 1920x1080 1:1 0 yuv420p PROGRESSIVE 25
            s02 | 0 | vp8 1280x720 1:1 0 yuv420p PROGRESSIVE 24
            s03 | 0 | h264 640x480 1:1 90 yuv420p PROGRESSIVE 625/26
            s04 | 0 | h264 1280x720 1:1 180 yuv420p PROGRESSIVE 750000/71393
            s05 | 0 | h264 640x360 1:1 0 yuv420p PROGRESSIVE 179/6
            s07 | 1 | mjpeg 1618x1381 1:1 0 yuvj444p UNKNOWN null
            s09 | 0 | h264 1920x1080 1:1 0 yuv420p PROGRESSIVE 60
            s10 | 0 | hevc 256x144 1:1 0 yuv420p10le UNKNOWN 24000/1001
            s11 | 1 | hevc 1920x1080 1:1 0 yuv420p10le UNKNOWN 90000/3001
            s12 | 0 | h264 1920x1080 1:1 0 yuv420p TOP_FIRST 30000/1001
            s13 | 0 | dvvideo 720x576 59:54 0 yuv420p BOTTOM_FIRST 25
            s14 | 0 | prores 320x240 1:1 0 yuv422p10le PROGRESSIVE 25
            s15 | 0 | mpeg2video 720x405 1:1 0 yuv420p PROGRESSIVE 25
            s16 | 0 | vp9 1280x720 1:1 0 yuv420p UNKNOWN 15000/1001
            s17 | 3 | h264 480x270 1:1 0 yuv420p PROGRESSIVE 30000/1001
            s18 | 0 | h264 176x144 128:117 0 yuv420p PROGRESSIVE 30000/1001
            s19 | 0 | gif 314x273 1:1 0 bgra UNKNOWN 10
            s20 | 0 | h264 1280x720 1:1 0 yuv420p PROGRESSIVE 10
            """)
    void picturesAreReadTheSameFromBothVersions(String file, int index, String expected) {
        for (String version : ProbeFixtures.VERSIONS) {
            StreamHeader stream = ProbeFixtures.header(file, version).streams().get(index);
            VideoHeader video = Objects.requireNonNull(stream.video());
            FrameRate rate = video.average();
            String read = stream.codec() + " " + video.width() + "x" + video.height() + " " + video.sampleAspectWidth()
                    + ":" + video.sampleAspectHeight() + " " + video.rotation() + " " + video.pixelFormat() + " "
                    + video.fieldOrder() + " " + rate;
            assertThat(read).as(version).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s01 | 1 | aac 6 '5.1' 48000
            s03 | 1 | aac 1 'mono' 44100
            s06 | 0 | mp3 2 'stereo' 44100
            s09 | 1 | aac 6 '' 48000
            s12 | 1 | ac3 2 'stereo' 48000
            s16 | 1 | opus 2 'stereo' 48000
            """)
    void soundIsReadTheSameFromBothVersions(String file, int index, String expected) {
        for (String version : ProbeFixtures.VERSIONS) {
            StreamHeader stream = ProbeFixtures.header(file, version).streams().get(index);
            AudioHeader audio = Objects.requireNonNull(stream.audio());
            String read =
                    stream.codec() + " " + audio.channels() + " '" + audio.channelLayout() + "' " + audio.sampleRate();
            assertThat(read).as(version).isEqualTo(expected);
            assertThat(stream.isDecodable()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1", "8.1"})
    void coverArtIsStillAndHdrIsKnownByItsTransfer(String version) {
        assertThat(ProbeFixtures.header("s07", version).streams().get(1).still())
                .isTrue();
        VideoHeader pq = Objects.requireNonNull(
                ProbeFixtures.header("s10", version).streams().get(0).video());
        assertThat(pq.color().isHdr()).isTrue();
        assertThat(pq.color().primaries()).isEqualTo("bt2020");
    }

    @Test
    void whatCannotBeOpenedHasNoReport() {
        assertThat(ProbeJson.parse("{\n\n}")).isEmpty();
        assertThat(ProbeJson.parse("")).isEmpty();
        assertThat(ProbeJson.parse("{\"streams\": [")).isEmpty();
        assertThat(ProbeJson.parse("[]")).isEmpty();
    }

    @Test
    void aStreamThatFfmpegKnowsNothingOfIsNotDecodable() {
        ProbeReport report = ProbeJson.parse("""
                        {"streams": [
                          {"index": 0, "codec_type": "audio", "codec_tag_string": "apac", "sample_rate": "48000",
                           "channels": 4, "time_base": "1/48000"},
                          {"index": 1, "codec_type": "data", "codec_tag_string": "[0][0][0][0]"},
                          {"index": 2}],
                         "format": {"format_name": "mov,mp4", "duration": "N/A"}}
                        """).orElseThrow();

        assertThat(report.streams().get(0).isDecodable()).isFalse();
        assertThat(report.streams().get(0).describe()).isEqualTo("stream 0 (apac)");
        assertThat(report.streams().get(1).describe()).isEqualTo("stream 1 (unknown)");
        assertThat(report.streams().get(2).kind()).isEqualTo(StreamHeader.Kind.DATA);
        assertThat(report.duration()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-90, 90", "90, 270", "180, 180", "-180, 180", "0, 0", "-270, 270", "-89.6, 90"})
    void theDisplayMatrixTurnsCounterClockwise(String rotation, int clockwise) {
        ProbeReport report = ProbeJson.parse("{\"streams\": [{\"index\": 0, \"codec_type\": \"video\","
                        + "\"side_data_list\": [{\"side_data_type\": \"Display Matrix\", \"rotation\": " + rotation
                        + "}]}], \"format\": {}}")
                .orElseThrow();

        assertThat(Objects.requireNonNull(report.streams().get(0).video()).rotation())
                .isEqualTo(clockwise);
    }
}
