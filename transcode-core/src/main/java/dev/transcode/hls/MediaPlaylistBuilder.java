package dev.transcode.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects a media playlist. */
final class MediaPlaylistBuilder implements PlaylistBuilder {
    /** A week of segments of 6 s. */
    private static final int MAX_SEGMENTS = 100_000;

    private final List<Segment> segments = new ArrayList<>();
    private int version = 1;
    private int targetDuration = -1;
    private long mediaSequence;
    private Optional<MediaPlaylist.Type> type = Optional.empty();
    private boolean independentSegments;
    private boolean iframesOnly;
    private boolean ended;
    private boolean encrypted;
    private Optional<Segment.InitSection> init = Optional.empty();

    // What the next URI's segment gets.
    private @Nullable Duration duration;
    private @Nullable String range;
    private boolean discontinuity;

    /** The resource of the segment before, and where a range of it without offset would start; -1 = nowhere. */
    private String lastUri = "";

    private long next = -1;

    @Override
    public void tag(String tag, String value) throws MalformedMediaException {
        switch (tag) {
            case "#EXTINF" -> duration = Decimals.seconds(tag, upToComma(value));
            case "#EXT-X-BYTERANGE" -> range = value;
            case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
            case "#EXT-X-MAP" -> init = Optional.of(init(AttributeList.parse(value)));
            case "#EXT-X-KEY" ->
                encrypted |= !AttributeList.parse(value)
                        .enumerated("METHOD")
                        .orElse("")
                        .equals("NONE");
            case "#EXT-X-VERSION" -> version = Decimals.version(tag, value);
            case "#EXT-X-TARGETDURATION" -> targetDuration = Decimals.small(tag, value);
            case "#EXT-X-MEDIA-SEQUENCE" -> mediaSequence = Decimals.integer(tag, value);
            case "#EXT-X-PLAYLIST-TYPE" -> type = Optional.of(type(value));
            case "#EXT-X-INDEPENDENT-SEGMENTS" -> independentSegments = true;
            case "#EXT-X-I-FRAMES-ONLY" -> iframesOnly = true;
            case "#EXT-X-ENDLIST" -> ended = true;
            default -> {
                // Unknown tags are ignored (RFC 8216, 6.3.1).
            }
        }
    }

    @Override
    public void uri(String uri) throws MalformedMediaException {
        if (duration == null) {
            throw new MalformedMediaException("a segment without EXTINF");
        }
        if (segments.size() == MAX_SEGMENTS) {
            throw new MalformedMediaException("more than " + MAX_SEGMENTS + " segments");
        }
        Optional<ByteRange> part = Optional.empty();
        if (range != null) {
            part = Optional.of(Decimals.range(range, uri.equals(lastUri) ? next : -1));
        }
        lastUri = uri;
        next = part.map(ByteRange::end).orElse(-1L);
        segments.add(new Segment(uri, duration, part, init, discontinuity));
        duration = null;
        range = null;
        discontinuity = false;
    }

    @Override
    public MediaPlaylist build() throws MalformedMediaException {
        if (targetDuration < 0) {
            throw new MalformedMediaException("there is no EXT-X-TARGETDURATION");
        }
        if (duration != null || range != null) {
            throw new MalformedMediaException("the last segment has no URI");
        }
        return new MediaPlaylist(
                version,
                targetDuration,
                mediaSequence,
                type,
                independentSegments,
                iframesOnly,
                ended,
                encrypted,
                segments);
    }

    private static String upToComma(String value) {
        int comma = value.indexOf(',');
        return (comma < 0 ? value : value.substring(0, comma)).strip();
    }

    private static Segment.InitSection init(AttributeList list) throws MalformedMediaException {
        Optional<String> part = list.quoted("BYTERANGE");
        return new Segment.InitSection(
                list.requiredQuoted("URI"),
                part.isEmpty() ? Optional.empty() : Optional.of(Decimals.range(part.get(), 0)));
    }

    private static MediaPlaylist.Type type(String value) throws MalformedMediaException {
        return switch (value) {
            case "VOD" -> MediaPlaylist.Type.VOD;
            case "EVENT" -> MediaPlaylist.Type.EVENT;
            default ->
                throw new MalformedMediaException("EXT-X-PLAYLIST-TYPE is not known: " + AttributeList.excerpt(value));
        };
    }
}
