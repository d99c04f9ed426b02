package dev.transcode.hls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the header of a progressive MP4 box by box: with an entry for each sample of a long film it may be larger than
 * what is loaded of any other.
 */
final class ProgressiveHeader {
    private final FileChannel file;

    ProgressiveHeader(FileChannel file) {
        this.file = file;
    }

    ProgressiveFacts read(ByteRange range) throws IOException, MalformedMediaException {
        boolean moovFirst = false;
        boolean media = false;
        List<ProgressiveFacts.Track> tracks = new ArrayList<>();
        for (TopLevelBox box : TopLevelBox.scan(file, range)) {
            if (box.type().equals("mdat")) {
                media = true;
            } else if (box.type().equals("moov")) {
                moovFirst = !media;
                for (TopLevelBox child : children(box)) {
                    if (child.type().equals("trak")) {
                        tracks.add(track(child));
                    }
                }
            }
        }
        if (tracks.isEmpty() || !media) {
            throw new MalformedMediaException(tracks.isEmpty() ? "there is no moov box" : "there is no mdat box");
        }
        return new ProgressiveFacts(moovFirst, tracks);
    }

    private ProgressiveFacts.Track track(TopLevelBox trak) throws IOException, MalformedMediaException {
        Optional<TopLevelBox> edits = find(trak, "edts");
        TopLevelBox mdia = child(trak, "mdia");
        Box hdlr = child(mdia, "hdlr").load(file);
        Box stsd = child(child(child(mdia, "minf"), "stbl"), "stsd").load(file);
        Box mdhd = child(mdia, "mdhd").load(file);
        TrackFacts facts = InitReader.track(
                child(trak, "tkhd").load(file),
                edits.isPresent() ? Optional.of(edits.get().load(file)) : Optional.empty(),
                mdhd,
                hdlr,
                stsd);
        return new ProgressiveFacts.Track(facts, units(mdhd));
    }

    private static long units(Box mdhd) {
        ByteBuffer body = mdhd.read();
        boolean wide = body.get(0) == 1;
        InitReader.skip(body, wide ? 24 : 16);
        return wide ? body.getLong() : Integer.toUnsignedLong(body.getInt());
    }

    private List<TopLevelBox> children(TopLevelBox box) throws IOException, MalformedMediaException {
        long size = box.size() - box.header();
        return size == 0 ? List.of() : TopLevelBox.scan(file, new ByteRange(box.offset() + box.header(), size));
    }

    private TopLevelBox child(TopLevelBox box, String type) throws IOException, MalformedMediaException {
        Optional<TopLevelBox> found = find(box, type);
        if (found.isEmpty()) {
            throw new MalformedMediaException("box '" + box.type() + "' has no '" + type + "'");
        }
        return found.get();
    }

    private Optional<TopLevelBox> find(TopLevelBox box, String type) throws IOException, MalformedMediaException {
        for (TopLevelBox child : children(box)) {
            if (child.type().equals(type)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }
}
