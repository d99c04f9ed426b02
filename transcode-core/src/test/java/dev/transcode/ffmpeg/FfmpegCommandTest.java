package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegCommandTest {
    private static final String HLS = """
            -map_metadata -1
            -map_chapters -1
            -avoid_negative_ts disabled
            -f hls
            -hls_time 4
            -hls_list_size 0
            -hls_playlist_type vod
            -hls_segment_type fmp4
            -hls_flags independent_segments+temp_file
            -hls_fmp4_init_filename init.mp4
            -hls_segment_filename /out/%1$s/s%%05d.m4s /out/%1$s/index.m3u8
            """;

    private static final String PICTURE = """
            -map [%s]
            -fps_mode cfr
            -c:v libx264
            -preset medium
            -profile:v high
            -g 50
            -keyint_min 50
            -sc_threshold 0
            -flags +cgop
            -b:v %d
            -maxrate %d
            -bufsize %d
            -threads %d
            """;

    private static final String SOUND = """
            -map [%s]
            -c:a aac
            -profile:a aac_low
            -b:a %d
            -bsf:a noise=drop=eq(n\\,0)
            """;

    @Test
    void decodesOnceAndWritesAFolderForEachTrack() {
        String video = "[0:0]sidedata=mode=delete,setpts=PTS-(0)/TB,fps=25:start_time=0"
                + ",tpad=stop_mode=clone:stop_duration=0.6,trim=end_frame=750,split=2[sv0][sv1]"
                + ";[sv0]scale=1280:720,setsar=1,format=yuv420p"
                + ",setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709[v0]"
                + ";[sv1]scale=640:360,setsar=1,format=yuv420p"
                + ",setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709[v1]";
        String audio = "[0:1]asetpts=PTS-(0)/TB,aresample=async=1:first_pts=0"
                + ",aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo"
                + ",apad,atrim=end=30,asplit=2[a0][a1]";

        assertThat(lines(encode(plan(SampleMedia.of(1280, 720), EncodeSettings.DEFAULT))))
                .isEqualTo("""
                        -hide_banner
                        -nostdin
                        -y
                        -v level+verbose
                        -nostats
                        -progress pipe:1
                        -stats_period 0.5
                        -benchmark
                        -max_streams 64
                        -i file:/in/a b:c.mp4
                        """
                        + "-filter_complex " + video + "\n-filter_complex " + audio + "\n"
                        + PICTURE.formatted("v0", 4_000_000, 6_000_000, 8_000_000, 3) + HLS.formatted("v0")
                        + PICTURE.formatted("v1", 800_000, 1_200_000, 1_600_000, 1) + HLS.formatted("v1")
                        + SOUND.formatted("a0", 128_000) + HLS.formatted("a0")
                        + SOUND.formatted("a1", 64_000) + HLS.formatted("a1"));
    }

    @Test
    void aSilentFilmHasNoSoundOptions() {
        String args = lines(encode(plan(SampleMedia.of(1280, 720).silent(), EncodeSettings.DEFAULT)));

        assertThat(args).doesNotContain("aresample", "-c:a").containsOnlyOnce("-filter_complex");
    }

    @Test
    void soundAloneHasNoPictureOptions() {
        EncodePlan plan = EncodePlanner.plan(
                SampleMedia.of(1280, 720).audioOnly(), LadderText.parse("720p:4M:128k"), EncodeSettings.DEFAULT);

        assertThat(lines(encode(plan)))
                .doesNotContain("-c:v", "[v0]", "fps=")
                .containsOnlyOnce("-filter_complex")
                .containsOnlyOnce("-c:a aac");
    }

    @Test
    void cappedQualityKeepsTheBufferAndIsNeverLossless() {
        assertThat(crf(23))
                .contains("-crf 23\n-maxrate 6000000\n-bufsize 8000000")
                .doesNotContain("-b:v");
        assertThat(crf(0)).contains("-crf 1\n");
    }

    @ParameterizedTest
    @CsvSource({"ULTRAFAST, false", "MEDIUM, false", "SLOW, true", "VERYSLOW, true"})
    void slowPresetsAreHeldToWhatARokuTakes(Preset preset, boolean held) {
        String args = lines(encode(plan(
                SampleMedia.of(1280, 720),
                new EncodeSettings(VideoCodec.H264, preset, RateControl.BITRATE, 21, 60, 4))));

        assertThat(args.contains("-refs 4\n-bf 3\n")).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"24000/1001, 4.004, 48", "30000/1001, 4.004, 60", "179/6, 4.022346, 60", "60, 4, 120"})
    void theSegmentTimeIsNeverAMicrosecondTooLong(String rate, String seconds, String gop) {
        String args = lines(encode(plan(SampleMedia.of(1280, 720).rate(rate, false), EncodeSettings.DEFAULT)));

        assertThat(args).contains("-hls_time " + seconds + "\n", "-g " + gop + "\n-keyint_min " + gop + "\n");
    }

    @ParameterizedTest
    @CsvSource({"4004000000, 4.004", "-21333333, -0.021333", "0, 0", "100000000000, 100", "1999999999, 1.999999"})
    void secondsAreDecimalToTheMicrosecond(long nanos, String expected) {
        assertThat(FfmpegCommand.seconds(Duration.ofNanos(nanos), RoundingMode.DOWN))
                .isEqualTo(expected);
    }

    @Test
    void remuxCopiesTracksIntoFastStartingFiles() {
        assertThat(lines(FfmpegCommand.remux(List.of(
                        new Encoder.Remux(List.of(Path.of("/w/v0.mp4"), Path.of("/w/a0.mp4")), Path.of("/w/x.mp4")),
                        new Encoder.Remux(List.of(Path.of("/w/v1.mp4")), Path.of("/w/y.mp4"))))))
                .isEqualTo("""
                        -hide_banner
                        -nostdin
                        -y
                        -v level+warning
                        -nostats
                        -copyts
                        -protocol_whitelist file
                        -i file:/w/v0.mp4
                        -protocol_whitelist file
                        -i file:/w/a0.mp4
                        -protocol_whitelist file
                        -i file:/w/v1.mp4
                        -map 0:0
                        -map 1:0
                        -c copy
                        -map_metadata -1
                        -map_chapters -1
                        -movflags +faststart
                        -f mp4 file:/w/x.mp4
                        -map 2:0
                        -c copy
                        -map_metadata -1
                        -map_chapters -1
                        -movflags +faststart
                        -f mp4 file:/w/y.mp4
                        """);
    }

    private static String crf(int crf) {
        return lines(encode(plan(
                SampleMedia.of(1280, 720),
                new EncodeSettings(VideoCodec.H264, Preset.MEDIUM, RateControl.CRF, crf, 60, 4))));
    }

    private static EncodePlan plan(SampleMedia media, EncodeSettings settings) {
        return EncodePlanner.plan(media.info(), LadderText.parse("720p:4M:128k,360p:800k:64k"), settings);
    }

    private static List<String> encode(EncodePlan plan) {
        return FfmpegCommand.encode(plan, List.of("-max_streams", "64"), Path.of("/in/a b:c.mp4"), Path.of("/out"), 2);
    }

    /** One option a line, its value behind it. */
    private static String lines(List<String> args) {
        StringBuilder text = new StringBuilder();
        for (String arg : args) {
            String separator = arg.matches("-[a-z].*") ? "\n" : " ";
            text.append(text.length() == 0 ? "" : separator).append(arg);
        }
        return text.append('\n').toString();
    }
}
