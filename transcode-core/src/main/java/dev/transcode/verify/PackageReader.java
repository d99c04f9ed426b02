package dev.transcode.verify;

import dev.transcode.hls.AlternativeMedia;
import dev.transcode.hls.IFrameVariant;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.Playlist;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Variant;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.RunDirectory;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a package back: its playlists, and through {@link TrackReader} all that they refer to. Used once. */
final class PackageReader {
    static final long MAX_PLAYLIST_BYTES = 4 << 20;

    /** Of all playlists together: as values they take ten times as much memory. */
    private static final long MAX_PLAYLISTS_BYTES = 64 << 20;

    /** Of a stranger's package: it may name one large file in all its tracks. */
    static final long MAX_SAMPLE_BYTES = 8L << 30;

    /** Media playlists of one package: far above any ladder with its languages, far below what would hurt. */
    private static final int MAX_PLAYLISTS = 256;

    private final PackageSource source;
    private final URI start;
    private final Path scratch;
    private final Cancellation cancellation;
    private final List<Violation> problems = new ArrayList<>();
    private final Map<URI, ReadTrack> tracks = new LinkedHashMap<>();
    private final Map<URI, MediaPlaylist> keyframes = new LinkedHashMap<>();
    private final List<TrackSample> samples = new ArrayList<>();
    private final AtomicLong sampleRoom;
    private long playlistBytes;

    /**
     * @param start address of the playlist to begin with
     * @param scratch takes the samples
     * @param sampleBytes that they may have in all
     */
    PackageReader(PackageSource source, URI start, Path scratch, long sampleBytes, Cancellation cancellation) {
        this.source = source;
        this.start = start;
        this.scratch = scratch;
        this.sampleRoom = new AtomicLong(sampleBytes);
        this.cancellation = cancellation;
    }

    /** @throws TranscodeException {@code input_not_found} if there is no playlist at the start, else as the source does */
    Presentation read() {
        Optional<Playlist> first = playlist(start);
        if (first.isEmpty() && problems.get(0).check().equals("files")) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND, "cannot verify " + start + ": there is no such file");
        }
        Optional<MultivariantPlaylist> master = Optional.empty();
        if (first.isPresent() && first.get() instanceof MultivariantPlaylist found) {
            master = Optional.of(found);
            readAll(found);
        } else if (first.isPresent() && first.get() instanceof MediaPlaylist media) {
            add(start, media);
        }
        return new Presentation(start, master, tracks, keyframes, problems);
    }

    /** What there is to decode; after {@link #read}. */
    List<TrackSample> samples() {
        return List.copyOf(samples);
    }

    /**
     * What the report of the run that made the package says, if it is one of ours: it lies in the run directory, the
     * folder of all tracks' folders.
     */
    Optional<Expectation> report(Presentation read) {
        Optional<String> first =
                read.master().map(master -> master.variants().get(0).uri());
        if (first.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI report = PlaylistParser.resolve(start, first.get()).resolve("../" + RunDirectory.REPORT);
            Optional<Path> file = source.fetch(report, RunDirectory.MAX_REPORT_BYTES);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            try (Reader text = Files.newBufferedReader(file.get())) {
                return ReportReader.read(text);
            } finally {
                source.release(report);
            }
        } catch (IOException | MalformedMediaException e) {
            return Optional.empty();
        }
    }

    private void readAll(MultivariantPlaylist master) {
        Set<String> media = new LinkedHashSet<>();
        for (Variant variant : master.variants()) {
            media.add(variant.uri());
        }
        for (AlternativeMedia alternative : master.media()) {
            alternative.uri().ifPresent(media::add);
        }
        Set<String> pictures = new LinkedHashSet<>();
        for (IFrameVariant variant : master.iframeVariants()) {
            pictures.add(variant.uri());
        }
        if (media.size() + pictures.size() > MAX_PLAYLISTS) {
            throw new TranscodeException(
                    FailureCode.BAD_INPUT,
                    "cannot verify " + start + ": it names " + (media.size() + pictures.size())
                            + " playlists, the most that is read is " + MAX_PLAYLISTS);
        }
        media.forEach(reference -> read(reference, false));
        pictures.forEach(reference -> read(reference, true));
    }

    private void read(String reference, boolean iframes) {
        cancellation.throwIfCancelled();
        URI uri;
        try {
            uri = PlaylistParser.resolve(start, reference);
        } catch (MalformedMediaException e) {
            problems.add(new Violation("playlists", name(start), "an address of a playlist", Words.reason(e)));
            return;
        }
        Optional<Playlist> playlist = playlist(uri);
        if (playlist.isPresent() && playlist.get() instanceof MediaPlaylist media) {
            if (iframes) {
                keyframes.put(uri, media);
            } else {
                add(uri, media);
            }
        } else if (playlist.isPresent()) {
            problems.add(new Violation("playlists", name(uri), "a media playlist", "a multivariant one"));
        }
    }

    private void add(URI uri, MediaPlaylist media) {
        Path sample = scratch.resolve("sample" + tracks.size());
        TrackReader reader = new TrackReader(source, this::name, problems, sampleRoom, cancellation);
        tracks.put(uri, reader.read(uri, media, sample));
        reader.sample().ifPresent(samples::add);
    }

    private Optional<Playlist> playlist(URI uri) {
        try {
            Optional<Path> file = source.fetch(uri, MAX_PLAYLIST_BYTES);
            if (file.isEmpty()) {
                problems.add(new Violation("files", name(uri), "a playlist", "nothing"));
                return Optional.empty();
            }
            if (Files.size(file.get()) > MAX_PLAYLIST_BYTES) {
                throw new IOException("it is longer than " + MAX_PLAYLIST_BYTES + " bytes");
            }
            playlistBytes += Files.size(file.get());
            if (playlistBytes > MAX_PLAYLISTS_BYTES) {
                throw new TranscodeException(
                        FailureCode.BAD_INPUT,
                        "cannot verify " + start + ": its playlists have more than " + (MAX_PLAYLISTS_BYTES >> 20)
                                + " MiB in all");
            }
            // Malformed UTF-8 throws: a playlist has to be UTF-8 (RFC 8216, 4).
            String text = Files.readString(file.get());
            source.release(uri);
            return Optional.of(PlaylistParser.parse(text));
        } catch (IOException | MalformedMediaException e) {
            problems.add(new Violation("playlists", name(uri), "a playlist", Words.reason(e)));
            return Optional.empty();
        }
    }

    /** Address within the package where it lies in it, else the whole address. */
    private String name(URI uri) {
        URI relative = start.resolve(".").relativize(uri);
        return relative.isAbsolute() ? uri.toString() : relative.getPath();
    }
}
