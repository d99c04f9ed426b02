package dev.transcode.hls;

import dev.transcode.hls.TrackFacts.Edit;
import dev.transcode.hls.TrackFacts.Kind;
import dev.transcode.hls.TrackFacts.SampleDefaults;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The boxes below moov (ISO/IEC 14496-12, 8.2 to 8.8.3). */
final class InitReader {
    private static final int MAX_EDITS = 10_000;

    /** Each fragment is looked up among them. */
    private static final int MAX_TRACKS = 256;

    private InitReader() {}

    static InitFacts read(List<String> brands, Box moov) throws MalformedMediaException {
        ByteBuffer header = moov.child("mvhd").read();
        skip(header, header.get(0) == 1 ? 20 : 12);
        long timescale = Integer.toUnsignedLong(header.getInt());
        Map<Integer, SampleDefaults> defaults = new HashMap<>();
        for (Box box : moov.children()) {
            if (box.type().equals("mvex")) {
                readDefaults(box, defaults);
            }
        }
        List<TrackFacts> tracks = new ArrayList<>();
        for (Box box : moov.children()) {
            if (box.type().equals("trak")) {
                tracks.add(track(box, defaults));
            }
            if (tracks.size() > MAX_TRACKS) {
                throw new MalformedMediaException("moov has more than " + MAX_TRACKS + " tracks");
            }
        }
        if (tracks.isEmpty()) {
            throw new MalformedMediaException("moov has no track");
        }
        return new InitFacts(brands, timescale, tracks);
    }

    /** The brands of an ftyp or styp box, the major one first. */
    static List<String> brands(Box ftyp) {
        ByteBuffer body = ftyp.read();
        List<String> brands = new ArrayList<>();
        brands.add(Box.type(body));
        skip(body, 4);
        while (body.remaining() >= 4) {
            brands.add(Box.type(body));
        }
        return brands;
    }

    private static void readDefaults(Box mvex, Map<Integer, SampleDefaults> defaults) throws MalformedMediaException {
        for (Box box : mvex.children()) {
            if (box.type().equals("trex")) {
                ByteBuffer body = box.read();
                skip(body, 4);
                int track = body.getInt();
                skip(body, 4);
                defaults.put(
                        track,
                        new SampleDefaults(
                                Integer.toUnsignedLong(body.getInt()),
                                Integer.toUnsignedLong(body.getInt()),
                                body.getInt()));
            }
        }
    }

    private static TrackFacts track(Box trak, Map<Integer, SampleDefaults> defaults) throws MalformedMediaException {
        Optional<Box> edits = SampleFormatReader.find(trak.children(), "edts");
        Box mdia = trak.child("mdia");
        Box stsd = mdia.child("minf").child("stbl").child("stsd");
        TrackFacts track = track(trak.child("tkhd"), edits, mdia.child("mdhd"), mdia.child("hdlr"), stsd);
        return new TrackFacts(
                track.id(),
                track.kind(),
                track.timescale(),
                track.edits(),
                track.format(),
                defaults.getOrDefault(track.id(), SampleDefaults.NONE));
    }

    /** A track without defaults for fragments, from the boxes that describe it. */
    static TrackFacts track(Box tkhd, Optional<Box> edts, Box mdhd, Box hdlr, Box stsd) throws MalformedMediaException {
        ByteBuffer header = tkhd.read();
        skip(header, header.get(0) == 1 ? 20 : 12);
        int id = header.getInt();
        List<Edit> edits = edts.isPresent() ? edits(edts.get().child("elst")) : List.of();
        ByteBuffer media = mdhd.read();
        skip(media, media.get(0) == 1 ? 20 : 12);
        long timescale = Integer.toUnsignedLong(media.getInt());
        if (timescale == 0) {
            throw new MalformedMediaException("track " + id + " has the timescale 0");
        }
        Kind kind = kind(hdlr);
        return new TrackFacts(id, kind, timescale, edits, SampleFormatReader.read(kind, stsd), SampleDefaults.NONE);
    }

    private static Kind kind(Box hdlr) {
        ByteBuffer body = hdlr.read();
        skip(body, 8);
        return switch (Box.type(body)) {
            case "vide" -> Kind.VIDEO;
            case "soun" -> Kind.AUDIO;
            default -> Kind.OTHER;
        };
    }

    private static List<Edit> edits(Box elst) throws MalformedMediaException {
        ByteBuffer body = elst.read();
        boolean wide = body.getInt() >>> 24 == 1;
        int count = body.getInt();
        if (count < 0 || count > MAX_EDITS) {
            throw new MalformedMediaException("an edit list of " + Integer.toUnsignedString(count) + " entries");
        }
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long duration = wide ? body.getLong() : Integer.toUnsignedLong(body.getInt());
            long mediaTime = wide ? body.getLong() : body.getInt();
            skip(body, 4);
            edits.add(new Edit(duration, mediaTime));
        }
        return edits;
    }

    static void skip(ByteBuffer buffer, int bytes) {
        if (bytes > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        buffer.position(buffer.position() + bytes);
    }
}
