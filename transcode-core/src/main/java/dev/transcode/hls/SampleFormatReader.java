package dev.transcode.hls;

import dev.transcode.hls.TrackFacts.Kind;
import dev.transcode.media.Resolution;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The first sample entry of a track (ISO/IEC 14496-12, 8.5.2 and 12). */
final class SampleFormatReader {
    /** Bytes of a visual sample entry before the boxes in it. */
    private static final int VISUAL_HEADER = 78;

    /** Bytes of an audio sample entry before the boxes in it. */
    private static final int AUDIO_HEADER = 28;

    private SampleFormatReader() {}

    static SampleFormat read(Kind kind, Box stsd) throws MalformedMediaException {
        ByteBuffer body = stsd.read();
        InitReader.skip(body, 8);
        List<Box> entries = Box.in(body);
        if (entries.isEmpty()) {
            throw new MalformedMediaException("stsd has no sample entry");
        }
        Box entry = entries.get(0);
        return switch (kind) {
            case VIDEO -> video(entry);
            case AUDIO -> audio(entry);
            case OTHER -> new SampleFormat(entry.type(), entry.type(), false, Optional.empty(), 0, 0);
        };
    }

    private static SampleFormat video(Box entry) throws MalformedMediaException {
        ByteBuffer body = entry.read();
        InitReader.skip(body, 24);
        int width = Short.toUnsignedInt(body.getShort());
        int height = Short.toUnsignedInt(body.getShort());
        if (width == 0 || height == 0) {
            throw new MalformedMediaException("a picture of " + width + "x" + height);
        }
        List<Box> boxes = boxesAfter(entry, VISUAL_HEADER);
        String type = clearType(entry.type(), boxes);
        return new SampleFormat(
                entry.type(),
                CodecStrings.video(type, boxes),
                !type.equals(entry.type()),
                Optional.of(new Resolution(width, height)),
                0,
                0);
    }

    private static SampleFormat audio(Box entry) throws MalformedMediaException {
        ByteBuffer body = entry.read();
        InitReader.skip(body, 8);
        int version = body.getShort();
        InitReader.skip(body, 6);
        int channels = Short.toUnsignedInt(body.getShort());
        InitReader.skip(body, 6);
        int sampleRate = body.getInt() >>> 16;
        // QuickTime's longer forms of the entry.
        List<Box> boxes = boxesAfter(entry, AUDIO_HEADER + (version == 1 ? 16 : version == 2 ? 36 : 0));
        String type = clearType(entry.type(), boxes);
        boolean encrypted = !type.equals(entry.type());
        Optional<Box> esds = find(boxes, "esds");
        if (esds.isEmpty()) {
            return new SampleFormat(
                    entry.type(), CodecStrings.plain(type), encrypted, Optional.empty(), channels, sampleRate);
        }
        AudioConfig config = AudioConfig.read(esds.get());
        return new SampleFormat(
                entry.type(),
                config.codec(),
                encrypted,
                Optional.empty(),
                config.channels() > 0 ? config.channels() : channels,
                config.sampleRate() > 0 ? config.sampleRate() : sampleRate);
    }

    private static List<Box> boxesAfter(Box entry, int header) throws MalformedMediaException {
        ByteBuffer body = entry.read();
        InitReader.skip(body, header);
        return Box.in(body);
    }

    /** What is inside an encrypted entry (ISO/IEC 14496-12, 8.12); the type itself if it is in the clear. */
    private static String clearType(String type, List<Box> boxes) throws MalformedMediaException {
        if (!type.equals("encv") && !type.equals("enca")) {
            return type;
        }
        Optional<Box> sinf = find(boxes, "sinf");
        return sinf.isPresent() ? Box.type(sinf.get().child("frma").read()) : "????";
    }

    static Optional<Box> find(List<Box> boxes, String type) {
        for (Box box : boxes) {
            if (box.type().equals(type)) {
                return Optional.of(box);
            }
        }
        return Optional.empty();
    }
}
