package dev.transcode.hls;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The entries of CODECS for pictures (RFC 6381; ISO/IEC 14496-15, annex E; AV1 in ISOBMFF, 5; Dolby Vision Streams Within
 * the ISO Base Media File Format, the configuration box).
 */
final class CodecStrings {
    private CodecStrings() {}

    /**
     * @param type of the sample entry, in the clear, e.g. {@code avc1}
     * @param boxes inside it
     * @throws MalformedMediaException if a codec that is known has no configuration
     */
    static String video(String type, List<Box> boxes) throws MalformedMediaException {
        return switch (type) {
            case "avc1", "avc3" -> avc(type, configuration(boxes, "avcC"));
            case "hvc1", "hev1" -> hevc(type, configuration(boxes, "hvcC"));
            case "dvh1", "dvhe" -> dolbyVision(type, boxes);
            case "av01" -> av1(configuration(boxes, "av1C"));
            default -> plain(type);
        };
    }

    /** A code as it stands, without what cannot stand in a playlist. */
    static String plain(String type) {
        return type.replaceAll("[^A-Za-z0-9._-]", "?");
    }

    private static ByteBuffer configuration(List<Box> boxes, String type) throws MalformedMediaException {
        Optional<Box> box = SampleFormatReader.find(boxes, type);
        if (box.isEmpty()) {
            throw new MalformedMediaException("the sample entry has no '" + type + "'");
        }
        return box.get().read();
    }

    private static String avc(String type, ByteBuffer config) {
        return String.format(Locale.ROOT, "%s.%02X%02X%02X", type, config.get(1), config.get(2), config.get(3));
    }

    private static String hevc(String type, ByteBuffer config) {
        int profile = config.get(1);
        int space = profile >> 6 & 3;
        StringBuilder out = new StringBuilder(type).append('.');
        if (space > 0) {
            out.append((char) ('A' + space - 1));
        }
        out.append(profile & 31).append('.');
        out.append(Integer.toHexString(Integer.reverse(config.getInt(2))).toUpperCase(Locale.ROOT));
        out.append('.').append((profile & 0x20) == 0 ? 'L' : 'H').append(config.get(12) & 0xff);
        int last = 11;
        while (last >= 6 && config.get(last) == 0) {
            last--;
        }
        for (int i = 6; i <= last; i++) {
            out.append('.').append(Integer.toHexString(config.get(i) & 0xff).toUpperCase(Locale.ROOT));
        }
        return out.toString();
    }

    /** Profile of 7 bits, level of 6; from profile 8 on the box has another name. */
    private static String dolbyVision(String type, List<Box> boxes) throws MalformedMediaException {
        boolean later = SampleFormatReader.find(boxes, "dvvC").isPresent();
        int profileAndLevel = configuration(boxes, later ? "dvvC" : "dvcC").getShort(2);
        return String.format(
                Locale.ROOT, "%s.%02d.%02d", type, profileAndLevel >> 9 & 0x7f, profileAndLevel >> 3 & 0x3f);
    }

    private static String av1(ByteBuffer config) {
        int profileAndLevel = config.get(1);
        int flags = config.get(2);
        int depth = (flags & 0x40) == 0 ? 8 : (flags & 0x20) == 0 ? 10 : 12;
        char tier = (flags & 0x80) == 0 ? 'M' : 'H';
        return String.format(
                Locale.ROOT, "av01.%d.%02d%c.%02d", profileAndLevel >> 5 & 7, profileAndLevel & 31, tier, depth);
    }
}
