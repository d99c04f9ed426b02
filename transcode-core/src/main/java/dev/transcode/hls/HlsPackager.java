package dev.transcode.hls;

import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes what the encoder left into a package: short tails merged, playlists written from measured facts, one progressive
 * MP4 for each rung. Thread-safe.
 */
public final class HlsPackager {
    private final Encoder encoder;

    /** @param encoder copies tracks into the progressive MP4s */
    public HlsPackager(Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Packages {@code media}. Segments are published from where they lie; all that is new is written into
     * {@code directory}.
     *
     * @param media as {@link Encoder#encode} returned it for {@code plan}; its files are only read
     * @param directory exists and is empty; needs room for the MP4s, and for one rung's tracks beside them
     * @throws TranscodeException {@code encode_failed} if the encoder's files are not what a package needs,
     *     {@code disk_full} or {@code io_error}, what {@link Encoder#remux} throws, or the cancellation's own reason
     */
    public HlsPackage pack(
            EncodePlan plan, EncodedMedia media, HlsLayout layout, Path directory, Cancellation cancellation) {
        try {
            List<PackagedTrack> tracks = new TrackPackager(directory, cancellation).pack(plan, media);
            int targetDuration = MediaPlaylists.targetDuration(tracks);
            List<PackagedFile> files = new ArrayList<>();
            for (PackagedTrack track : tracks) {
                addMedia(files, track, layout);
            }
            for (PackagedTrack track : tracks) {
                addPlaylists(files, track, targetDuration, layout, directory);
            }
            files.addAll(new ProgressiveFiles(encoder, directory, cancellation).make(plan, tracks));
            MultivariantPlaylist master = Multivariant.of(plan, tracks, targetDuration, layout);
            files.add(new PackagedFile(
                    write(directory, HlsLayout.MASTER, PlaylistWriter.write(master)),
                    HlsLayout.MASTER,
                    FileKind.MULTIVARIANT_PLAYLIST));
            List<RenditionFacts> facts = new ArrayList<>();
            for (PackagedTrack track : tracks) {
                facts.add(track.measured(targetDuration));
            }
            return new HlsPackage(files, facts, master);
        } catch (MalformedMediaException e) {
            throw new TranscodeException(
                    FailureCode.ENCODE_FAILED, "cannot package what the encoder made: " + e.getMessage(), e);
        } catch (IOException e) {
            throw FileErrors.of("cannot package into " + directory, e);
        }
    }

    private static void addMedia(List<PackagedFile> files, PackagedTrack track, HlsLayout layout) {
        files.add(layout.place(track.id(), track.init()));
        for (int i = 0; i < track.segments().size(); i++) {
            files.add(new PackagedFile(
                    track.segments().get(i),
                    layout.key(track.id(), PackagedTrack.segmentName(i)),
                    track.isVideo() ? FileKind.VIDEO_SEGMENT : FileKind.AUDIO_SEGMENT));
        }
    }

    private static void addPlaylists(
            List<PackagedFile> files, PackagedTrack track, int targetDuration, HlsLayout layout, Path directory)
            throws IOException {
        String media = PlaylistWriter.write(MediaPlaylists.of(track, targetDuration, layout));
        files.add(new PackagedFile(
                write(directory, track.id() + ".m3u8", media),
                layout.key(track.id(), HlsLayout.MEDIA_PLAYLIST),
                FileKind.MEDIA_PLAYLIST));
        if (track.isVideo()) {
            String keyframes = PlaylistWriter.write(MediaPlaylists.keyframesOf(track, targetDuration, layout));
            files.add(new PackagedFile(
                    write(directory, track.id() + "-iframe.m3u8", keyframes),
                    layout.key(track.id(), HlsLayout.IFRAME_PLAYLIST),
                    FileKind.IFRAME_PLAYLIST));
        }
    }

    private static Path write(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
