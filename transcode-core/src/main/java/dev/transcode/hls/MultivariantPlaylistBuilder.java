package dev.transcode.hls;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a multivariant playlist. */
final class MultivariantPlaylistBuilder implements PlaylistBuilder {
    private final List<AlternativeMedia> media = new ArrayList<>();
    private final List<Variant> variants = new ArrayList<>();
    private final List<IFrameVariant> iframeVariants = new ArrayList<>();
    private int version = 1;
    private boolean independentSegments;
    private @Nullable AttributeList pending;

    @Override
    public void tag(String tag, String value) throws MalformedMediaException {
        switch (tag) {
            case "#EXT-X-VERSION" -> version = Decimals.version(tag, value);
            case "#EXT-X-INDEPENDENT-SEGMENTS" -> independentSegments = true;
            case "#EXT-X-MEDIA" -> media.add(media(AttributeList.parse(value)));
            case "#EXT-X-I-FRAME-STREAM-INF" -> iframeVariants.add(iframeVariant(AttributeList.parse(value)));
            case "#EXT-X-STREAM-INF" -> {
                if (pending != null) {
                    throw new MalformedMediaException("a variant without URI before it");
                }
                pending = AttributeList.parse(value);
            }
            case "#EXTINF", "#EXT-X-TARGETDURATION" ->
                throw new MalformedMediaException(tag + " does not belong into a multivariant playlist");
            default -> {
                // Unknown tags are ignored (RFC 8216, 6.3.1).
            }
        }
    }

    @Override
    public void uri(String uri) throws MalformedMediaException {
        if (pending == null) {
            throw new MalformedMediaException("a URI without EXT-X-STREAM-INF");
        }
        variants.add(variant(uri, pending));
        pending = null;
    }

    @Override
    public MultivariantPlaylist build() throws MalformedMediaException {
        if (pending != null) {
            throw new MalformedMediaException("the last variant has no URI");
        }
        if (variants.isEmpty()) {
            throw new MalformedMediaException("there is no variant");
        }
        return new MultivariantPlaylist(version, independentSegments, media, variants, iframeVariants);
    }

    private static AlternativeMedia media(AttributeList list) throws MalformedMediaException {
        boolean isDefault = list.yes("DEFAULT");
        return new AlternativeMedia(
                type(list.enumerated("TYPE").orElse("")),
                list.requiredQuoted("GROUP-ID"),
                list.requiredQuoted("NAME"),
                list.quoted("LANGUAGE"),
                isDefault,
                list.yes("AUTOSELECT"),
                list.quoted("CHANNELS"),
                list.quoted("URI"));
    }

    private static AlternativeMedia.Type type(String word) throws MalformedMediaException {
        for (AlternativeMedia.Type type : AlternativeMedia.Type.values()) {
            if (type.wire().equals(word)) {
                return type;
            }
        }
        throw new MalformedMediaException("attribute TYPE is not known: " + AttributeList.excerpt(word));
    }

    private static Variant variant(String uri, AttributeList list) throws MalformedMediaException {
        return new Variant(
                uri,
                list.requiredInteger("BANDWIDTH"),
                list.integer("AVERAGE-BANDWIDTH"),
                list.codecs(),
                list.resolution(),
                list.decimal("FRAME-RATE"),
                list.quoted("AUDIO"),
                list.quoted("SUBTITLES"),
                list.either("CLOSED-CAPTIONS"));
    }

    private static IFrameVariant iframeVariant(AttributeList list) throws MalformedMediaException {
        return new IFrameVariant(
                list.requiredQuoted("URI"),
                list.requiredInteger("BANDWIDTH"),
                list.integer("AVERAGE-BANDWIDTH"),
                list.codecs(),
                list.resolution());
    }
}
