package dev.transcode.hls;

import dev.transcode.encode.EncodedMedia;
import dev.transcode.internal.Count;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the encoder's tracks, refuses what players can't play, and joins short tails. */
final class TrackPackager {
    /** So many segments at the end of a track were kept back while the others went out already. */
    private static final int HELD_BACK = 2;

    private final Path directory;
    private final Cancellation cancellation;

    /** @param directory takes the joined segments */
    TrackPackager(Path directory, Cancellation cancellation) {
        this.directory = directory;
        this.cancellation = cancellation;
    }

    /** The tracks in the plan's order, pictures first. */
    List<PackagedTrack> pack(EncodePlan plan, EncodedMedia media) throws IOException, MalformedMediaException {
        List<PackagedTrack> video = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            video.add(read(find(media, plan.directoryOf(rendition)), rendition.name(), TrackFacts.Kind.VIDEO));
        }
        List<PackagedTrack> tracks = new ArrayList<>(mergeTails(video));
        for (AudioRendition audio : plan.audio()) {
            PackagedTrack track = read(find(media, plan.directoryOf(audio)), audio.name(), TrackFacts.Kind.AUDIO);
            tracks.addAll(mergeTails(List.of(track)));
        }
        return tracks;
    }

    private static EncodedMedia.Track find(EncodedMedia media, String id) throws MalformedMediaException {
        for (EncodedMedia.Track track : media.tracks()) {
            if (track.name().equals(id)) {
                return track;
            }
        }
        throw new MalformedMediaException("track " + id + " is missing");
    }

    private PackagedTrack read(EncodedMedia.Track source, String name, TrackFacts.Kind kind)
            throws IOException, MalformedMediaException {
        TrackFacts track;
        try {
            InitFacts init = Mp4Reader.readInit(source.init());
            track = TrackRules.only(init, kind);
        } catch (MalformedMediaException e) {
            throw in(source.name(), source.init(), e);
        }
        if (source.segments().isEmpty()) {
            throw new MalformedMediaException("track " + source.name() + " has no segment");
        }
        List<SegmentFacts> segments = new ArrayList<>();
        for (Path file : source.segments()) {
            cancellation.throwIfCancelled();
            segments.add(segment(source.name(), file, track));
        }
        return new PackagedTrack(
                source.name(),
                name,
                source.init(),
                Files.size(source.init()),
                source.segments(),
                new FragmentedTrack(track, segments));
    }

    private static SegmentFacts segment(String id, Path file, TrackFacts track)
            throws IOException, MalformedMediaException {
        try {
            InitFacts init = new InitFacts(List.of(), 1, List.of(track));
            // A segment of another track is refused by the reader: only this one is in the section.
            SegmentFacts facts =
                    Mp4Reader.readSegment(file, init).values().iterator().next();
            TrackRules.check(facts, track.kind());
            return facts;
        } catch (MalformedMediaException e) {
            throw in(id, file, e);
        }
    }

    private List<PackagedTrack> mergeTails(List<PackagedTrack> tracks) throws IOException, MalformedMediaException {
        if (tracks.isEmpty()) {
            return tracks;
        }
        List<List<Duration>> durations = new ArrayList<>();
        for (PackagedTrack track : tracks) {
            durations.add(track.facts().durations());
        }
        int remaining = TailMerge.remaining(durations);
        List<PackagedTrack> merged = new ArrayList<>();
        for (PackagedTrack track : tracks) {
            merged.add(mergeTail(track, remaining));
        }
        return merged;
    }

    private PackagedTrack mergeTail(PackagedTrack track, int remaining) throws IOException, MalformedMediaException {
        int count = track.segments().size();
        if (count == remaining) {
            return track;
        }
        if (count - remaining >= HELD_BACK) {
            throw new MalformedMediaException("track " + track.id() + " has " + Count.of(count, "segment")
                    + " where others of its kind end at " + remaining + ": they were not cut alike");
        }
        Path target = directory.resolve(track.id() + "-tail.m4s");
        SegmentFiles.merge(track.segments().subList(remaining - 1, count), target);
        List<Path> files = new ArrayList<>(track.segments().subList(0, remaining - 1));
        files.add(target);
        List<SegmentFacts> facts = new ArrayList<>(track.facts().segments().subList(0, remaining - 1));
        facts.add(segment(track.id(), target, track.facts().track()));
        return new PackagedTrack(
                track.id(),
                track.name(),
                track.init(),
                track.initBytes(),
                files,
                new FragmentedTrack(track.facts().track(), facts));
    }

    private static MalformedMediaException in(String id, Path file, MalformedMediaException cause) {
        return new MalformedMediaException(id + "/" + file.getFileName() + ": " + cause.getMessage());
    }
}
