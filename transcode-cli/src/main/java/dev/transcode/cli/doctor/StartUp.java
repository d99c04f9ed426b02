package dev.transcode.cli.doctor;

import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.Segment;
import dev.transcode.hls.Variant;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long it takes from play to picture: the playlists, then the initialization section and the first segment of the
 * first variant and of its sound. Answers are waited for as long as they took here; their bytes are counted at a usual
 * line's rate, because the line from here is hardly the viewer's.
 */
final class StartUp {
    /** Of a viewer's line. */
    private static final long BITS_PER_SECOND = 10_000_000;

    /** What we promise. */
    private static final Duration AIM = Duration.ofSeconds(3);

    /** What Roku's certification allows. */
    private static final Duration MOST = Duration.ofSeconds(8);

    /** Of a segment, so much is loaded: more is far too slow anyway. */
    private static final long MAX_BYTES = 32_000_000;

    private final LoadedPackage loaded;
    private final Web web;
    private Duration waited;
    private long bytes;

    /** @param playlist how the first playlist was answered */
    StartUp(LoadedPackage loaded, Web web, Web.Answer playlist) {
        this.loaded = loaded;
        this.web = web;
        this.waited = playlist.first();
        this.bytes = playlist.bytes();
    }

    void report(Report report) throws IOException, InterruptedException {
        List<URI> tracks = tracks();
        step(tracks);
        List<URI> inits = new ArrayList<>();
        List<URI> segments = new ArrayList<>();
        for (URI track : tracks) {
            MediaPlaylist playlist = loaded.media().get(track);
            if (playlist == null || playlist.segments().isEmpty()) {
                continue;
            }
            Segment first = playlist.segments().get(0);
            if (first.range().isPresent()) {
                report.skipped("start-up", "not estimated: its segments are parts of files", "");
                return;
            }
            first.init()
                    .flatMap(init -> LoadedPackage.resolve(track, init.uri()))
                    .ifPresent(inits::add);
            LoadedPackage.resolve(track, first.uri()).ifPresent(segments::add);
        }
        step(inits);
        step(segments);
        judge(report, waited, bytes);
    }

    static void judge(Report report, Duration waited, long bytes) {
        Duration total = waited.plusMillis(bytes * 8 * 1_000 / BITS_PER_SECOND);
        String seen = "about " + Figures.time(total) + " to the first picture at 10 Mbit/s: " + Figures.bytes(bytes)
                + " to load, and " + Figures.time(waited) + " of waiting for answers";
        String hint = "List a variant of 1 to 2 Mbit/s first, keep segments at 4 s, and put a CDN in front.";
        if (total.compareTo(MOST) > 0) {
            report.failed("start-up", seen + "; Roku allows 8 s", hint);
        } else if (total.compareTo(AIM) > 0) {
            report.warning("start-up", seen + "; 3 s are good", hint);
        } else {
            report.ok("start-up", seen);
        }
    }

    /** The first variant's and its sound's. */
    private List<URI> tracks() {
        if (loaded.master().isEmpty()) {
            return List.of(loaded.start());
        }
        Variant first = loaded.master().get().variants().get(0);
        List<URI> tracks = new ArrayList<>();
        loaded.track(first.uri()).ifPresent(tracks::add);
        Optional<String> sound = loaded.sound(first).flatMap(media -> media.uri());
        sound.flatMap(loaded::track).ifPresent(tracks::add);
        return tracks;
    }

    /** Picture and sound are asked for at the same time: the slower answer counts. */
    private void step(List<URI> files) throws IOException, InterruptedException {
        Duration longest = Duration.ZERO;
        for (URI file : files) {
            Web.Answer answer = web.load(file, MAX_BYTES);
            longest = longest.compareTo(answer.first()) > 0 ? longest : answer.first();
            bytes += answer.bytes();
        }
        waited = waited.plus(longest);
    }
}
