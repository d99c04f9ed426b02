package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlaylistWriterTest {
    private static final Optional<Segment.InitSection> INIT =
            Optional.of(new Segment.InitSection("init.mp4", Optional.empty()));

    @Test
    void writesAMediaPlaylist() {
        MediaPlaylist playlist = MediaPlaylist.vod(
                4,
                false,
                List.of(segment("s00000.m4s", 4_004_000_000L, null), segment("s00001.m4s", 1_333_000L, null)));

        assertThat(PlaylistWriter.write(playlist)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:4
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MAP:URI="init.mp4"
                        #EXTINF:4.004000,
                        s00000.m4s
                        #EXTINF:0.001333,
                        s00001.m4s
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void writesAnIFramePlaylist() {
        MediaPlaylist playlist =
                MediaPlaylist.vod(4, true, List.of(segment("s00000.m4s", 4_000_000_000L, new ByteRange(76, 8291))));

        assertThat(PlaylistWriter.write(playlist)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:4
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-I-FRAMES-ONLY
                        #EXT-X-MAP:URI="init.mp4"
                        #EXTINF:4.000000,
                        #EXT-X-BYTERANGE:8291@76
                        s00000.m4s
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void writesAMultivariantPlaylist() {
        AlternativeMedia sound = new AlternativeMedia(
                AlternativeMedia.Type.AUDIO,
                "a-128k",
                "English",
                Optional.of("en"),
                true,
                true,
                Optional.of("2"),
                Optional.of("a-128k/index.m3u8"));
        Variant variant = new Variant(
                "v-720p/index.m3u8",
                4_400_000,
                OptionalLong.of(4_100_000),
                List.of("avc1.64001F", "mp4a.40.2"),
                Optional.of(new Resolution(1280, 720)),
                OptionalDouble.of(24_000 / 1001.0),
                Optional.of("a-128k"),
                Optional.empty(),
                Optional.of(Variant.NO_CAPTIONS));
        IFrameVariant keyframes = new IFrameVariant(
                "v-720p/iframe.m3u8",
                300_000,
                OptionalLong.of(200_000),
                List.of("avc1.64001F"),
                Optional.of(new Resolution(1280, 720)));

        assertThat(PlaylistWriter.write(
                        new MultivariantPlaylist(7, true, List.of(sound), List.of(variant), List.of(keyframes))))
                .isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a-128k",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a-128k/index.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=4400000,AVERAGE-BANDWIDTH=4100000,CODECS="avc1.64001F,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=23.976,AUDIO="a-128k",CLOSED-CAPTIONS=NONE
                        v-720p/index.m3u8
                        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=300000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.64001F",RESOLUTION=1280x720,URI="v-720p/iframe.m3u8"
                        """);
    }

    @Test
    void valuesThatNoPlaylistCanHoldAreRefused() {
        assertThatThrownBy(() -> segment("a\nb.m4s", 1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> segment("#a.m4s", 1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Segment.InitSection("a\"b", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> segment("a.m4s", -1, null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Segment segment(String uri, long nanos, ByteRange range) {
        return new Segment(uri, Duration.ofNanos(nanos), Optional.ofNullable(range), INIT, false);
    }
}
