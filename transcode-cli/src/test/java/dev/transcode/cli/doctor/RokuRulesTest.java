package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.PlaylistParser;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RokuRulesTest {
    private static final URI MASTER = URI.create("https://films.example/1/master.m3u8");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    avc1.64002A     |
                    avc1.42E01E     |
                    mp4a.40.2       |
                    avc1.64003E     | High level 6.2; it takes 4.2
                    avc1.6E0028     | profile 110
                    hev1.1.6.L93.B0 | tagged hvc1
                    hvc1.1.6.L93.B0 | 4K models only
                    ec-3            | receiver
                    opus            | none that it takes
                    vp09.00.40.08   | none that it takes
                    """)
    void whatRokuTakes(String codec, String why) {
        Optional<String> refusal = RokuRules.refusal(codec);

        if (why == null) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).hasValueSatisfying(text -> assertThat(text).contains(codec, why));
        }
    }

    @Test
    void whatOnlySomeModelsTakeIsFineBesideH264() throws Exception {
        String avc = "#EXT-X-STREAM-INF:BANDWIDTH=2000000,CODECS=\"avc1.640028\"\na.m3u8\n";
        String hevc = "#EXT-X-STREAM-INF:BANDWIDTH=9000000,CODECS=\"hvc1.1.6.L153.B0\"\nb.m3u8\n";

        assertThat(Lines.level(judge("#EXTM3U\n" + avc + hevc), "roku codecs")).isEqualTo(Level.OK);
        assertThat(Lines.level(judge("#EXTM3U\n" + hevc), "roku codecs")).isEqualTo(Level.FAILED);
    }

    @Test
    void variantsWithoutCodecsAreAWarning() throws Exception {
        CheckLine line = Lines.named(judge("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=2000000\na.m3u8\n"), "roku codecs");

        assertThat(line.level()).isEqualTo(Level.WARNING);
        assertThat(line.seen()).contains("no CODECS: 1 of 1 variant");
    }

    @Test
    void soundAndPictureInOneFragmentedFileAreAFailure() throws Exception {
        String master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=2000000,CODECS=\"avc1.640028,mp4a.40.2\"\na.m3u8\n";
        String fragmented = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:4,\ns.m4s\n";
        String transport = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\ns.ts\n";

        assertThat(Lines.named(judge(master, fragmented), "roku codecs").seen()).contains("silent");
        assertThat(Lines.level(judge(master, fragmented), "roku codecs")).isEqualTo(Level.FAILED);
        assertThat(Lines.level(judge(master, transport), "roku codecs")).isEqualTo(Level.OK);
    }

    @Test
    void ratesAboveWhatPlaysSmoothlyAreWarnings() throws Exception {
        String head = "#EXTM3U\n#EXT-X-STREAM-INF:CODECS=\"avc1.640028\",";
        assertThat(Lines.named(judge(head + "BANDWIDTH=16000000,AVERAGE-BANDWIDTH=12000000\na.m3u8\n"), "roku rates")
                        .seen())
                .contains("12.0 Mbit/s");
        assertThat(Lines.level(judge(head + "BANDWIDTH=12000000,AVERAGE-BANDWIDTH=8000000\na.m3u8\n"), "roku rates"))
                .isEqualTo(Level.OK);
        assertThat(Lines.named(judge(head + "BANDWIDTH=1,FRAME-RATE=120\na.m3u8\n"), "roku rates")
                        .seen())
                .contains("120.0 frames a second");
    }

    @Test
    void veryLongPlaylistsAndVeryLargeSegmentsAreWarnings() throws Exception {
        String media = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n" + "#EXTINF:4,\ns.ts\n".repeat(4_501);
        String master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1.640028\"\na.m3u8\n";

        assertThat(Lines.named(judge(master, media), "roku playlists").seen()).contains("4501 entries");
        assertThat(Lines.one(report -> RokuRules.segmentSize(report, 7_700_001)).level())
                .isEqualTo(Level.WARNING);
        assertThat(Lines.one(report -> RokuRules.segmentSize(report, 7_700_000)).level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aMediaPlaylistAloneIsAWarning() throws Exception {
        MediaPlaylist media = (MediaPlaylist) PlaylistParser.parse("#EXTM3U\n#EXT-X-TARGETDURATION:4\n");
        LoadedPackage loaded = new LoadedPackage(MASTER, Optional.empty(), Map.of(MASTER, media), Map.of());

        assertThat(Lines.level(Lines.of(report -> RokuRules.judge(report, loaded)), "roku codecs"))
                .isEqualTo(Level.WARNING);
    }

    private static List<CheckLine> judge(String master) throws Exception {
        return judge(master, "#EXTM3U\n#EXT-X-TARGETDURATION:4\n");
    }

    private static List<CheckLine> judge(String master, String media) throws Exception {
        MultivariantPlaylist parsed = (MultivariantPlaylist) PlaylistParser.parse(master);
        MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(media);
        LoadedPackage loaded =
                new LoadedPackage(MASTER, Optional.of(parsed), Map.of(MASTER.resolve("a.m3u8"), playlist), Map.of());
        return Lines.of(report -> RokuRules.judge(report, loaded));
    }
}
