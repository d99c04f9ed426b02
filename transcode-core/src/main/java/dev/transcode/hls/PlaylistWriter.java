package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Playlists as text (RFC 8216, 4): UTF-8 without a byte order mark, lines ended by LF. Pure. */
public final class PlaylistWriter {
    /** EXT-X-VERSION of all we write: fragmented MP4 with EXT-X-MAP asks for 6, what follows is safe with 7. */
    static final int VERSION = 7;

    private PlaylistWriter() {}

    /** The text of {@code playlist}; {@link PlaylistParser} reads the same value from it. */
    public static String write(MultivariantPlaylist playlist) {
        StringBuilder out = new StringBuilder(2_048);
        out.append("#EXTM3U\n#EXT-X-VERSION:").append(playlist.version()).append('\n');
        if (playlist.independentSegments()) {
            out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        }
        for (AlternativeMedia media : playlist.media()) {
            out.append("#EXT-X-MEDIA:").append(attributes(media)).append('\n');
        }
        for (Variant variant : playlist.variants()) {
            out.append("#EXT-X-STREAM-INF:").append(attributes(variant)).append('\n');
            out.append(variant.uri()).append('\n');
        }
        for (IFrameVariant variant : playlist.iframeVariants()) {
            out.append("#EXT-X-I-FRAME-STREAM-INF:").append(attributes(variant)).append('\n');
        }
        return out.toString();
    }

    /**
     * The text of {@code playlist}; {@link PlaylistParser} reads the same value from it.
     *
     * @throws IllegalArgumentException if it is encrypted: keys are not kept
     */
    public static String write(MediaPlaylist playlist) {
        if (playlist.encrypted()) {
            throw new IllegalArgumentException("cannot write an encrypted playlist");
        }
        StringBuilder out = new StringBuilder(256 + playlist.segments().size() * 40);
        out.append("#EXTM3U\n#EXT-X-VERSION:").append(playlist.version());
        out.append("\n#EXT-X-TARGETDURATION:").append(playlist.targetDuration());
        out.append("\n#EXT-X-MEDIA-SEQUENCE:").append(playlist.mediaSequence()).append('\n');
        playlist.type()
                .ifPresent(t -> out.append("#EXT-X-PLAYLIST-TYPE:").append(t).append('\n'));
        if (playlist.independentSegments()) {
            out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        }
        if (playlist.iframesOnly()) {
            out.append("#EXT-X-I-FRAMES-ONLY\n");
        }
        Optional<Segment.InitSection> init = Optional.empty();
        for (Segment segment : playlist.segments()) {
            if (!segment.init().equals(init)) {
                init = segment.init();
                out.append("#EXT-X-MAP:").append(attributes(init)).append('\n');
            }
            append(out, segment);
        }
        if (playlist.ended()) {
            out.append("#EXT-X-ENDLIST\n");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Segment segment) {
        if (segment.discontinuity()) {
            out.append("#EXT-X-DISCONTINUITY\n");
        }
        out.append("#EXTINF:").append(seconds(segment.duration())).append(",\n");
        segment.range()
                .ifPresent(r -> out.append("#EXT-X-BYTERANGE:").append(range(r)).append('\n'));
        out.append(segment.uri()).append('\n');
    }

    private static String attributes(Optional<Segment.InitSection> init) {
        if (init.isEmpty()) {
            throw new IllegalArgumentException("a playlist cannot take back its initialization section");
        }
        List<String> list = new ArrayList<>();
        list.add(quoted("URI", init.get().uri()));
        init.get().range().ifPresent(r -> list.add(quoted("BYTERANGE", range(r))));
        return String.join(",", list);
    }

    private static String attributes(AlternativeMedia media) {
        List<String> list = new ArrayList<>();
        list.add("TYPE=" + media.type().wire());
        list.add(quoted("GROUP-ID", media.groupId()));
        list.add(quoted("NAME", media.name()));
        media.language().ifPresent(v -> list.add(quoted("LANGUAGE", v)));
        list.add("DEFAULT=" + yesNo(media.isDefault()));
        list.add("AUTOSELECT=" + yesNo(media.autoselect()));
        media.channels().ifPresent(v -> list.add(quoted("CHANNELS", v)));
        media.uri().ifPresent(v -> list.add(quoted("URI", v)));
        return String.join(",", list);
    }

    private static String attributes(Variant variant) {
        List<String> list = new ArrayList<>();
        list.add("BANDWIDTH=" + variant.bandwidth());
        variant.averageBandwidth().ifPresent(v -> list.add("AVERAGE-BANDWIDTH=" + v));
        addPicture(list, variant.codecs(), variant.resolution());
        variant.frameRate().ifPresent(v -> list.add(String.format(Locale.ROOT, "FRAME-RATE=%.3f", v)));
        variant.audio().ifPresent(v -> list.add(quoted("AUDIO", v)));
        variant.subtitles().ifPresent(v -> list.add(quoted("SUBTITLES", v)));
        variant.closedCaptions().ifPresent(v -> list.add(captions(v)));
        return String.join(",", list);
    }

    private static String attributes(IFrameVariant variant) {
        List<String> list = new ArrayList<>();
        list.add("BANDWIDTH=" + variant.bandwidth());
        variant.averageBandwidth().ifPresent(v -> list.add("AVERAGE-BANDWIDTH=" + v));
        addPicture(list, variant.codecs(), variant.resolution());
        list.add(quoted("URI", variant.uri()));
        return String.join(",", list);
    }

    private static void addPicture(List<String> list, List<String> codecs, Optional<Resolution> resolution) {
        if (!codecs.isEmpty()) {
            list.add(quoted("CODECS", String.join(",", codecs)));
        }
        resolution.ifPresent(v -> list.add("RESOLUTION=" + v));
    }

    private static String captions(String group) {
        // An enumerated string, the only one of these that is not quoted (RFC 8216, 4.3.4.2).
        return group.equals(Variant.NO_CAPTIONS) ? "CLOSED-CAPTIONS=NONE" : quoted("CLOSED-CAPTIONS", group);
    }

    private static String quoted(String name, String value) {
        return name + "=\"" + value + '"';
    }

    private static String yesNo(boolean value) {
        return value ? "YES" : "NO";
    }

    private static String range(ByteRange range) {
        return range.length() + "@" + range.offset();
    }

    /** Seconds with six decimals, or with nine where the value has them. */
    private static String seconds(Duration duration) {
        int nanos = duration.getNano();
        return nanos % 1_000 == 0
                ? String.format(Locale.ROOT, "%d.%06d", duration.getSeconds(), nanos / 1_000)
                : String.format(Locale.ROOT, "%d.%09d", duration.getSeconds(), nanos);
    }
}
