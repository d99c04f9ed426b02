package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.transcode.media.Resolution;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistParserTest {
    /** Looking for the comma after each of the blanks anew took a second for each line. */
    @Test
    void aLineOfBlanksTakesNoLongerThanItsLength() {
        String line = "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"a" + " ".repeat(60_000) + "b\"\nv.m3u8\n";
        String playlist = "#EXTM3U\n" + line.repeat(60);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(PlaylistParser.parse(playlist)).isInstanceOf(MultivariantPlaylist.class));
    }

    @Test
    void readsAForeignMediaPlaylist() throws Exception {
        MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse("""
                #EXTM3U
                #EXT-X-VERSION:4
                # a comment
                #EXT-X-TARGETDURATION:10
                #EXT-X-SOMETHING-NEW:YES
                #EXT-X-MEDIA-SEQUENCE:7
                #EXTINF:9.009,a title, with a comma
                #EXT-X-BYTERANGE:75232@0
                video.ts

                #EXT-X-BYTERANGE:82112
                #EXTINF:9
                video.ts
                #EXT-X-DISCONTINUITY
                #EXTINF:3.003,
                https://example.com/other.ts
                #EXT-X-ENDLIST
                """.replace("\n", "\r\n"));

        assertThat(playlist.mediaSequence()).isEqualTo(7);
        assertThat(playlist.ended()).isTrue();
        assertThat(playlist.type()).isEmpty();
        assertThat(playlist.duration()).isEqualTo(Duration.ofMillis(21_012));
        assertThat(playlist.segments())
                .extracting(Segment::range)
                .containsExactly(
                        Optional.of(new ByteRange(0, 75_232)),
                        Optional.of(new ByteRange(75_232, 82_112)),
                        Optional.empty());
        assertThat(playlist.segments().get(2).discontinuity()).isTrue();
    }

    @Test
    void anInitializationSectionAppliesUntilTheNext() throws Exception {
        MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse("""
                #EXTM3U
                #EXT-X-TARGETDURATION:4
                #EXT-X-MAP:URI="all.mp4",BYTERANGE="800@0"
                #EXTINF:4,
                a.m4s
                #EXTINF:4,
                b.m4s
                #EXT-X-MAP:URI="other.mp4"
                #EXTINF:4,
                c.m4s
                """);

        assertThat(playlist.segments())
                .extracting(s -> s.init().orElseThrow().uri())
                .containsExactly("all.mp4", "all.mp4", "other.mp4");
        assertThat(playlist.segments().get(0).init().orElseThrow().range()).contains(new ByteRange(0, 800));
        assertThat(playlist.ended()).isFalse();
    }

    @Test
    void tellsAnEncryptedPlaylist() throws Exception {
        String text = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=%s\n#EXTINF:4,\na.ts\n";

        assertThat(((MediaPlaylist) PlaylistParser.parse(text.formatted("AES-128,URI=\"k,ey\""))).encrypted())
                .isTrue();
        assertThat(((MediaPlaylist) PlaylistParser.parse(text.formatted("NONE"))).encrypted())
                .isFalse();
    }

    @Test
    void readsAForeignMultivariantPlaylist() throws Exception {
        MultivariantPlaylist playlist = (MultivariantPlaylist) PlaylistParser.parse("""
                #EXTM3U
                #EXT-X-MEDIA:TYPE=SUBTITLES, GROUP-ID="s", NAME="Deutsch", LANGUAGE="de", URI="s.m3u8", FORCED=NO
                #EXT-X-STREAM-INF:PROGRAM-ID=1,BANDWIDTH=1280000,RESOLUTION=640x360,CODECS="avc1.42e00a, mp4a.40.2",SUBTITLES="s"
                low.m3u8?token=a%20b
                """);

        Variant variant = playlist.variants().get(0);
        assertThat(variant.uri()).isEqualTo("low.m3u8?token=a%20b");
        assertThat(variant.codecs()).containsExactly("avc1.42e00a", "mp4a.40.2");
        assertThat(variant.resolution()).contains(new Resolution(640, 360));
        assertThat(variant.averageBandwidth()).isEmpty();
        assertThat(variant.subtitles()).contains("s");
        assertThat(playlist.media().get(0).type()).isEqualTo(AlternativeMedia.Type.SUBTITLES);
        assertThat(playlist.media().get(0).isDefault()).isFalse();
    }

    @ParameterizedTest
    // Not a text block: there a line that starts with # is a comment.
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                                  | empty",
                "#EXTINF:4,;a.ts                                                     | #EXTM3U",
                "#EXTM3U;#EXTINF:4,;a.ts                                             | TARGETDURATION",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;a.ts                                | line 3: a segment without EXTINF",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;#EXTINF:-4,;a.ts                    | not a number",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;#EXTINF:1e99,;a.ts                  | not a number",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;#EXTINF:4,                          | no URI",
                "#EXTM3U;#EXT-X-VERSION:0;#EXT-X-TARGETDURATION:4;#EXTINF:4,;a.ts    | line 2: #EXT-X-VERSION is 0: versions",
                "#EXTM3U;#EXT-X-VERSION:0;#EXT-X-STREAM-INF:BANDWIDTH=1;v.m3u8       | line 2: #EXT-X-VERSION is 0: versions",
                "#EXTM3U;#EXT-X-TARGETDURATION:99999999999;                          | out of bounds",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;#EXTINF:4,;#EXT-X-BYTERANGE:5;a.ts  | without offset",
                "#EXTM3U;#EXT-X-TARGETDURATION:4;#EXTINF:4,;#EXT-X-BYTERANGE:0@0;a   | empty",
                "#EXTM3U;#EXT-X-STREAM-INF:AUDIO=\"a\";v.m3u8                          | BANDWIDTH is missing",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=\"1\";v.m3u8                      | not an integer",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=1,BANDWIDTH=2;v.m3u8            | twice",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a;v.m3u8               | attribute list",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=0x5;v.m3u8         | resolution",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=1                               | no URI",
                "#EXTM3U;#EXT-X-STREAM-INF:BANDWIDTH=1;v;#EXTINF:4,;a.ts             | line 4",
                "#EXTM3U;#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\"                        | NAME is missing",
            })
    void refusesWhatAPlayerCannotRelyOn(String text, String reason) {
        assertThatThrownBy(() -> PlaylistParser.parse(text.replace(';', '\n')))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAByteOrderMarkAndGiantInput() {
        assertThatThrownBy(() -> PlaylistParser.parse("\uFEFF#EXTM3U\n")).hasMessageContaining("byte order mark");
        assertThatThrownBy(() -> PlaylistParser.parse("#EXTM3U\n" + "x".repeat(70_000)))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> PlaylistParser.parse("\n".repeat(PlaylistParser.MAX_CHARACTERS + 1)))
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> PlaylistParser.parse("#EXTM3U\n" + "#EXTINF:4,\na\n".repeat(100_001)))
                .hasMessageContaining("more than 100000 segments");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x/m.m3u8,v/index.m3u8,https://a.example/x/v/index.m3u8",
        "https://a.example/x/m.m3u8,/v.m3u8?t=1,https://a.example/v.m3u8?t=1",
        "https://a.example/x/m.m3u8,http://b.example/v.m3u8,http://b.example/v.m3u8",
        "file:///films/m.m3u8,v/index.m3u8,file:///films/v/index.m3u8",
    })
    void resolvesReferences(URI playlist, String reference, URI expected) throws Exception {
        assertThat(PlaylistParser.resolve(playlist, reference).toString().replace("file:/f", "file:///f"))
                .isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://a.example/x", "data:text/plain,x", "jar:file:/x!/y", "a b"})
    void aPlaylistFromTheWebLeadsNowhereElse(String reference) {
        assertThatThrownBy(() -> PlaylistParser.resolve(URI.create("https://a.example/m.m3u8"), reference))
                .isInstanceOf(MalformedMediaException.class);
    }
}
