package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlsLayoutTest {
    private static final String RUN = "r-1a2b3c4d-7";

    @Test
    void everyFileOfTheEncoderHasItsKey() {
        HlsLayout layout = HlsLayout.of(Plans.film(), RUN, Optional.empty());

        assertThat(layout.place("v1", Path.of("w", "v1", "s00003.m4s")).key())
                .isEqualTo("r-1a2b3c4d-7/v-480p/s00003.m4s");
        assertThat(layout.place("v0", Path.of("init.mp4")).kind()).isEqualTo(FileKind.VIDEO_INIT);
        assertThat(layout.place("a0", Path.of("init.mp4")).kind()).isEqualTo(FileKind.AUDIO_INIT);
        assertThat(layout.place("a0", Path.of("s00000.m4s")).kind()).isEqualTo(FileKind.AUDIO_SEGMENT);
        assertThat(layout.key("a1", "index.m3u8")).isEqualTo("r-1a2b3c4d-7/a-96k/index.m3u8");
        assertThatThrownBy(() -> layout.folder("v9")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void urisAreRelativeUnlessABaseIsGiven() {
        HlsLayout layout = HlsLayout.of(Plans.film(), RUN, Optional.empty());

        assertThat(layout.uriFromMaster(layout.key("v0", "index.m3u8"))).isEqualTo("r-1a2b3c4d-7/v-720p/index.m3u8");
        assertThat(layout.uriFromTrack("v0", "s00000.m4s")).isEqualTo("s00000.m4s");
    }

    @Test
    void withABaseEveryUriIsAbsoluteAndEncoded() {
        URI base = HlsLayout.publicBase(URI.create("https://example.com/stream/"), "films/Käse & 50%");
        HlsLayout layout = HlsLayout.of(Plans.film(), RUN, Optional.of(base));

        assertThat(layout.uriFromTrack("v0", "s00000.m4s"))
                .isEqualTo("https://example.com/stream/films/K%C3%A4se%20%26%2050%25/r-1a2b3c4d-7/v-720p/s00000.m4s");
        assertThat(layout.uriFromMaster("r-1a2b3c4d-7/v-720p/index.m3u8"))
                .startsWith("https://example.com/stream/films/K%C3%A4se%20%26%2050%25/r-1a2b3c4d-7/");
    }

    @Test
    void aBaseMayNameAHostWithAnUnderscoreAsComposeMakesThem() {
        assertThat(HlsLayout.publicBase(URI.create("http://my_site:8080"), "films/1"))
                .hasToString("http://my_site:8080/films/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.com", "/stream", "https://example.com/?a=1", "https://example.com/#a"})
    void aBaseThatIsNoWebAddressIsRefused(URI base) {
        assertThatThrownBy(() -> HlsLayout.of(Plans.film(), RUN, Optional.of(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "-x", "a b"})
    void aRunDirectoryIsOnePlainName(String name) {
        assertThatThrownBy(() -> HlsLayout.of(Plans.film(), name, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyWhatANewRunReplacesIsCachedBriefly() {
        assertThat(FileKind.VIDEO_SEGMENT.cacheControl()).contains("immutable");
        assertThat(FileKind.MEDIA_PLAYLIST.cacheControl()).contains("immutable");
        assertThat(FileKind.MULTIVARIANT_PLAYLIST.cacheControl()).isEqualTo("public, max-age=60");
        assertThat(FileKind.MP4.cacheControl()).isEqualTo("public, max-age=60");
        assertThat(FileKind.MULTIVARIANT_PLAYLIST.contentType()).isEqualTo("application/x-mpegURL");
    }
}
