package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlaylistRoundTripTest {
    @Property(tries = 200)
    void aMediaPlaylistIsReadAsItWasWritten(@ForAll("mediaPlaylists") MediaPlaylist playlist) throws Exception {
        assertThat(PlaylistParser.parse(PlaylistWriter.write(playlist))).isEqualTo(playlist);
    }

    @Property(tries = 200)
    void aMultivariantPlaylistIsReadAsItWasWritten(@ForAll("multivariantPlaylists") MultivariantPlaylist playlist)
            throws Exception {
        assertThat(PlaylistParser.parse(PlaylistWriter.write(playlist))).isEqualTo(playlist);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll("lines") List<String> lines) {
        try {
            assertThat(PlaylistParser.parse("#EXTM3U\n" + String.join("\n", lines)))
                    .isNotNull();
        } catch (MalformedMediaException e) {
            assertThat(e).hasMessageMatching("(?s)line \\d+: .+|there is no .+|the last .+|playlist .+");
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> tags = Arbitraries.of(
                "#EXTINF:4,",
                "#EXT-X-MAP:URI=\"i\"",
                "#EXT-X-BYTERANGE:5@1",
                "#EXT-X-TARGETDURATION:4",
                "a.m4s",
                "#EXT-X-STREAM-INF:BANDWIDTH=1",
                "#EXT-X-MEDIA:",
                "#EXT-X-KEY:METHOD=NONE",
                "#EXTM3U",
                "\u0000",
                "\"");
        return Arbitraries.oneOf(tags, Arbitraries.strings().ofMaxLength(20), tags.map(t -> t + "x"))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<MediaPlaylist> mediaPlaylists() {
        Arbitrary<Optional<ByteRange>> ranges = Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.longs().between(1, 1L << 30))
                .as(ByteRange::new)
                .optional();
        Arbitrary<Segment> segments = Combinators.combine(
                        uris(),
                        Arbitraries.longs().between(0, 20_000_000_000L).map(Duration::ofNanos),
                        ranges,
                        Combinators.combine(uris(), ranges)
                                .as(Segment.InitSection::new)
                                .map(Optional::of),
                        Arbitraries.of(true, false))
                .as(Segment::new);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.of(MediaPlaylist.Type.class).optional(),
                        Arbitraries.of(true, false).list().ofSize(3),
                        segments.list().ofMaxSize(20))
                .as((version, target, sequence, type, flags, list) -> new MediaPlaylist(
                        version, target, sequence, type, flags.get(0), flags.get(1), flags.get(2), false, list));
    }

    @Provide
    Arbitrary<MultivariantPlaylist> multivariantPlaylists() {
        Arbitrary<Long> rates = Arbitraries.longs().between(0, 1L << 40);
        Arbitrary<Optional<Resolution>> sizes = Combinators.combine(
                        Arbitraries.integers().between(1, 9000),
                        Arbitraries.integers().between(1, 9000))
                .as(Resolution::new)
                .optional();
        Arbitrary<List<String>> codecs = Arbitraries.of("avc1.64001F", "mp4a.40.2", "hvc1.1.6.L93.B0")
                .list()
                .ofMaxSize(2);
        Arbitrary<OptionalDouble> frameRates =
                Arbitraries.doubles().between(0, 240).map(OptionalDouble::of);
        Arbitrary<Variant> variants = Combinators.combine(
                        uris(),
                        rates,
                        rates.map(OptionalLong::of),
                        codecs,
                        sizes,
                        frameRates,
                        names().optional(),
                        names().optional())
                .as((uri, peak, average, codec, size, rate, audio, other) ->
                        new Variant(uri, peak, average, codec, size, rate, audio, other, other));
        Arbitrary<IFrameVariant> keyframes = Combinators.combine(
                        uris(), rates, rates.map(OptionalLong::of), codecs, sizes)
                .as(IFrameVariant::new);
        Arbitrary<AlternativeMedia> media = Combinators.combine(
                        Arbitraries.of(AlternativeMedia.Type.class),
                        names(),
                        names(),
                        names().optional(),
                        Arbitraries.of(true, false),
                        uris().optional())
                .as((type, group, name, language, yes, uri) ->
                        new AlternativeMedia(type, group, name, language, yes, yes, language, uri));
        return Combinators.combine(
                        media.list().ofMaxSize(3),
                        variants.list().ofMinSize(1).ofMaxSize(5),
                        keyframes.list().ofMaxSize(3))
                .as((alternatives, list, iframes) -> new MultivariantPlaylist(7, true, alternatives, list, iframes));
    }

    private static Arbitrary<String> uris() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("-._~/%20,=;")
                .ofMinLength(1)
                .ofMaxLength(30);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("äß漢😀")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(s -> s.indexOf('"') < 0 && s.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }
}
