package dev.transcode.verify;

import dev.transcode.hls.ByteRange;
import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.InitFacts;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.Mp4Reader;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Segment;
import dev.transcode.hls.SegmentFacts;
import dev.transcode.hls.TrackFacts;
import dev.transcode.job.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the segments of one media playlist, one after the other; each is needed only for a moment. Used once. */
final class TrackReader {
    /** Roku's limit is 7.7 MB a segment; this is for packages in one file. */
    private static final long MAX_RESOURCE_BYTES = 64L << 30;

    private static final int TS_SYNC = 0x47;

    private final PackageSource source;
    private final Function<URI, String> names;
    private final List<Violation> problems;
    private final AtomicLong sampleRoom;
    private final Cancellation cancellation;
    private final List<Long> bytes = new ArrayList<>();
    private final List<Map<Integer, SegmentFacts>> facts = new ArrayList<>();
    private final List<Integer> sampled = new ArrayList<>();
    private Segment.@Nullable InitSection section;
    private @Nullable InitFacts init;
    private @Nullable String unread;
    private @Nullable TrackSample sample;
    private @Nullable Path middle;

    /**
     * @param names how addresses are called in messages
     * @param problems takes what cannot be read
     * @param sampleRoom bytes that the samples of all tracks may still take
     */
    TrackReader(
            PackageSource source,
            Function<URI, String> names,
            List<Violation> problems,
            AtomicLong sampleRoom,
            Cancellation cancellation) {
        this.source = source;
        this.names = names;
        this.problems = problems;
        this.sampleRoom = sampleRoom;
        this.cancellation = cancellation;
    }

    /** @param sampleFile where the segments to be decoded are joined; a picture's middle one goes beside it */
    ReadTrack read(URI uri, MediaPlaylist playlist, Path sampleFile) {
        unread = playlist.encrypted() ? "is encrypted" : null;
        int before = problems.size();
        List<Segment> segments = playlist.segments();
        try (SampleFile joined = new SampleFile(sampleFile, sampleRoom)) {
            for (int i = 0; i < segments.size(); i++) {
                cancellation.throwIfCancelled();
                boolean isEnd = i == 0 || i == segments.size() - 1;
                if (!isEnd && i == segments.size() / 2) {
                    middle(uri, segments, i, joined);
                } else {
                    segment(uri, segments, i, isEnd ? joined : null);
                }
            }
            boolean whole = problems.size() == before;
            List<FragmentedTrack> contents = whole && unread == null ? contents() : List.of();
            if (!whole) {
                unread = "could not be read whole";
            }
            ReadTrack track = new ReadTrack(
                    names.apply(uri), uri, playlist, whole ? bytes : List.of(), contents, Optional.ofNullable(unread));
            if (whole && !playlist.encrypted() && !joined.isEmpty()) {
                sample = sample(track, joined.path());
            }
            return track;
        } catch (IOException e) {
            problems.add(new Violation("files", names.apply(uri), "segments that can be read", Words.reason(e)));
            return new ReadTrack(
                    names.apply(uri), uri, playlist, List.of(), List.of(), Optional.of("could not be read whole"));
        }
    }

    /** What there is to decode; after {@link #read}. */
    Optional<TrackSample> sample() {
        return Optional.ofNullable(sample);
    }

    /** Of a picture the middle is decoded by keyframes alone, which needs a file of its own. */
    private void middle(URI playlist, List<Segment> segments, int index, SampleFile joined) throws IOException {
        if (init == null || section == null || !hasPicture(init)) {
            segment(playlist, segments, index, joined);
            return;
        }
        Path file = joined.path().resolveSibling(joined.path().getFileName() + "-middle");
        try (SampleFile alone = new SampleFile(file, sampleRoom)) {
            Optional<Path> start = source.fetch(PlaylistParser.resolve(playlist, section.uri()), MAX_RESOURCE_BYTES);
            if (start.isPresent()) {
                alone.append(start.get(), section.range());
            }
            segment(playlist, segments, index, alone);
        } catch (MalformedMediaException e) {
            throw new IOException(e);
        }
        middle = file;
    }

    private static boolean hasPicture(InitFacts init) {
        for (TrackFacts track : init.tracks()) {
            if (track.kind() == TrackFacts.Kind.VIDEO) {
                return true;
            }
        }
        return false;
    }

    private void segment(URI playlist, List<Segment> segments, int index, @Nullable SampleFile joined)
            throws IOException {
        Segment segment = segments.get(index);
        String where = segment.uri();
        try {
            URI uri = PlaylistParser.resolve(playlist, segment.uri());
            where = names.apply(uri);
            Optional<Path> file = source.fetch(uri, MAX_RESOURCE_BYTES);
            if (file.isEmpty()) {
                problems.add(new Violation("files", where, "a segment", "nothing"));
                return;
            }
            long size = segment.range().map(ByteRange::length).orElse(Files.size(file.get()));
            bytes.add(size);
            if (size == 0) {
                problems.add(new Violation("files", where, "a segment", "an empty file"));
            } else if (unread == null) {
                content(playlist, segment, file.get(), joined);
            }
            if (joined != null && !isText(segment)) {
                joined.append(file.get(), segment.range());
                sampled.add(index);
            }
            // Of a package in one file the next segment needs it again.
            boolean again =
                    index + 1 < segments.size() && segments.get(index + 1).uri().equals(segment.uri());
            if (!again) {
                source.release(uri);
            }
        } catch (MalformedMediaException e) {
            problems.add(new Violation("boxes", where, "a whole segment", Words.reason(e)));
        }
    }

    private void content(URI playlist, Segment segment, Path file, @Nullable SampleFile joined)
            throws IOException, MalformedMediaException {
        if (segment.init().isEmpty()) {
            unread = firstByte(file, segment) == TS_SYNC ? "has MPEG-TS segments" : "has no MP4 segments";
            return;
        }
        Segment.InitSection wanted = segment.init().get();
        if (!wanted.equals(section)) {
            if (section != null) {
                unread = "has several initialization sections";
                return;
            }
            section = wanted;
            init = init(playlist, wanted, joined);
        }
        if (init == null) {
            return;
        }
        facts.add(
                segment.range().isPresent()
                        ? Mp4Reader.readSegment(file, segment.range().get(), init)
                        : Mp4Reader.readSegment(file, init));
    }

    private @Nullable InitFacts init(URI playlist, Segment.InitSection wanted, @Nullable SampleFile joined)
            throws IOException, MalformedMediaException {
        URI uri = PlaylistParser.resolve(playlist, wanted.uri());
        Optional<Path> file = source.fetch(uri, MAX_RESOURCE_BYTES);
        if (file.isEmpty()) {
            problems.add(new Violation("files", names.apply(uri), "an initialization section", "nothing"));
            return null;
        }
        if (joined != null) {
            joined.append(file.get(), wanted.range());
        }
        try {
            InitFacts read = wanted.range().isPresent()
                    ? Mp4Reader.readInit(file.get(), wanted.range().get())
                    : Mp4Reader.readInit(file.get());
            for (TrackFacts track : read.tracks()) {
                if (track.format().encrypted()) {
                    unread = "is encrypted";
                }
            }
            return read;
        } catch (MalformedMediaException e) {
            problems.add(new Violation("boxes", names.apply(uri), "an initialization section", Words.reason(e)));
            return null;
        }
    }

    /** The tracks that have samples in every segment. */
    private List<FragmentedTrack> contents() {
        List<FragmentedTrack> contents = new ArrayList<>();
        if (init == null || facts.isEmpty()) {
            return contents;
        }
        for (TrackFacts track : init.tracks()) {
            List<SegmentFacts> segments = new ArrayList<>();
            for (Map<Integer, SegmentFacts> of : facts) {
                SegmentFacts segment = of.get(track.id());
                if (segment != null) {
                    segments.add(segment);
                }
            }
            if (segments.size() == facts.size()) {
                contents.add(new FragmentedTrack(track, segments));
            }
        }
        return contents;
    }

    private TrackSample sample(ReadTrack track, Path file) {
        Optional<FragmentedTrack> video = track.video();
        long frames = video.isPresent() ? 0 : -1;
        List<Duration> starts = new ArrayList<>();
        for (int index : sampled) {
            if (video.isPresent()) {
                SegmentFacts segment = video.get().segments().get(index);
                boolean isMiddle = middle != null && index != 0 && index != facts.size() - 1;
                frames += isMiddle ? 0 : segment.samples();
                starts.add(video.get().track().durationOf(segment.decodeTime()));
            }
        }
        return new TrackSample(track.name(), file, Optional.ofNullable(middle), content(track), frames, starts);
    }

    private static SampleDecoder.Content content(ReadTrack track) {
        if (track.video().isPresent()) {
            return track.audio().isPresent() ? SampleDecoder.Content.PICTURE_AND_SOUND : SampleDecoder.Content.PICTURE;
        }
        return track.audio().isPresent() ? SampleDecoder.Content.SOUND : SampleDecoder.Content.UNKNOWN;
    }

    private static int firstByte(Path file, Segment segment) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(segment.range().map(ByteRange::offset).orElse(0L));
            return in.read();
        }
    }

    private static boolean isText(Segment segment) {
        return segment.uri().endsWith(".vtt") || segment.uri().endsWith(".webvtt");
    }
}
