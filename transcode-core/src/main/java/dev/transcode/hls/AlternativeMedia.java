package dev.transcode.hls;

import java.util.Optional;

/**
 * One rendition of sound or subtitles (EXT-X-MEDIA, RFC 8216, 4.3.4.1).
 *
 * @param groupId of the group it belongs to: a variant names one group of each type
 * @param name for people; unique in its group
 * @param language RFC 5646 tag, e.g. {@code en}
 * @param isDefault whether it plays when the user chose nothing
 * @param autoselect whether it may be chosen by the system's language
 * @param channels number of audio channels, e.g. {@code 2}
 * @param uri of its media playlist; empty if it is inside the variant's own
 */
public record AlternativeMedia(
        Type type,
        String groupId,
        String name,
        Optional<String> language,
        boolean isDefault,
        boolean autoselect,
        Optional<String> channels,
        Optional<String> uri) {
    public AlternativeMedia {
        Attributes.quotable(groupId);
        Attributes.quotable(name);
        language.ifPresent(Attributes::quotable);
        channels.ifPresent(Attributes::quotable);
        uri.ifPresent(Attributes::uri);
        if (isDefault && !autoselect) {
            throw new IllegalArgumentException("a default rendition must be autoselectable: " + name);
        }
    }

    /** The forms of alternative media. */
    public enum Type {
        AUDIO,
        VIDEO,
        SUBTITLES,
        CLOSED_CAPTIONS;

        /** The value of the TYPE attribute, e.g. {@code CLOSED-CAPTIONS}. */
        public String wire() {
            return name().replace('_', '-');
        }
    }
}
