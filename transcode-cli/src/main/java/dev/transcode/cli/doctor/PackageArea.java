package dev.transcode.cli.doctor;

import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.Playlist;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.internal.Count;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether a package on the web plays, on Roku and in browsers: what the server says, and what the playlists claim. */
final class PackageArea implements Area {
    private static final int MAX_PLAYLIST_BYTES = 4 << 20;
    private static final int MAX_PLAYLISTS = 64;

    /** As a browser's, to one host. */
    private static final int CONNECTIONS = 6;

    private final URI url;
    private final Web web = new Web();
    private final List<Web.Answer> answers = new ArrayList<>();

    PackageArea(URI url) {
        this.url = url;
    }

    @Override
    public String name() {
        return "url";
    }

    @Override
    public void examine(Report report) throws InterruptedException {
        Optional<Web.Answer> first = first(report);
        if (first.isEmpty()) {
            return;
        }
        Optional<Playlist> playlist = parse(report, first.get());
        if (playlist.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS, work -> {
            Thread thread = new Thread(work, "transcode-doctor-web");
            thread.setDaemon(true);
            return thread;
        });
        try {
            LoadedPackage loaded = load(report, first.get(), playlist.get(), threads);
            PackageRules.contentTypes(report, answers);
            PackageRules.addresses(report, loaded.start(), loaded.references());
            SegmentProbe segments = new SegmentProbe(loaded);
            segments.run(web, threads);
            segments.report(report);
            List<Web.Answer> all = new ArrayList<>(answers);
            all.addAll(segments.answers());
            PackageRules.cors(report, all);
            RokuRules.judge(report, loaded);
            startUp(report, loaded, first.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private Optional<Web.Answer> first(Report report) throws InterruptedException {
        String shown = Web.shown(url);
        try {
            Web.Answer answer = web.text(url, MAX_PLAYLIST_BYTES);
            if (!answer.isGood()) {
                report.failed("url", shown + " answers " + answer.status(), refused(answer.status()));
                return Optional.empty();
            }
            String moved = answer.address().equals(url) ? "" : ", redirected to " + Web.shown(answer.address());
            report.ok("url", shown + " answers in " + Figures.time(answer.took()) + moved);
            answers.add(answer);
            return Optional.of(answer);
        } catch (IOException e) {
            report.failed("url", "cannot load " + shown + ": " + e.getMessage(), "Check the address and the network.");
            return Optional.empty();
        }
    }

    private static String refused(int status) {
        return switch (status) {
            case 401, 403 -> "Let everybody read it: a player does not log in (bucket policy, CDN, signed address).";
            case 404 -> "Check the address; 'transcode status ID' shows the outputs of a job.";
            default -> "Look into that server's log.";
        };
    }

    private static Optional<Playlist> parse(Report report, Web.Answer answer) {
        try {
            return Optional.of(PlaylistParser.parse(answer.text()));
        } catch (MalformedMediaException e) {
            report.failed(
                    "playlist",
                    "it is none (" + answer.headers().get("content-type").orElse("no content type") + "): "
                            + e.getMessage(),
                    "Give the address of a master.m3u8; a page that asks for a login looks like this too.");
            return Optional.empty();
        }
    }

    private LoadedPackage load(Report report, Web.Answer first, Playlist playlist, ExecutorService threads)
            throws InterruptedException {
        URI start = first.address();
        Map<URI, MediaPlaylist> media = new LinkedHashMap<>();
        Map<URI, URI> moved = new HashMap<>();
        if (playlist instanceof MediaPlaylist alone) {
            media.put(start, alone);
            report.ok(
                    "playlist",
                    Count.of(alone.segments().size(), "segment") + ", "
                            + alone.duration().toSeconds() + " s");
            return new LoadedPackage(start, Optional.empty(), media, Map.of());
        }
        MultivariantPlaylist master = (MultivariantPlaylist) playlist;
        List<String> references =
                LoadedPackage.references(master).stream().limit(MAX_PLAYLISTS).toList();
        List<String> problems = new ArrayList<>();
        List<Callable<Web.Answer>> work = new ArrayList<>();
        references.forEach(reference -> work.add(() -> fetch(start, reference)));
        List<Future<Web.Answer>> done = threads.invokeAll(work);
        for (int i = 0; i < references.size(); i++) {
            try {
                Web.Answer answer = done.get(i).get();
                add(media, answer);
                moved.put(LoadedPackage.resolve(start, references.get(i)).orElseThrow(), answer.address());
                answers.add(answer);
            } catch (ExecutionException e) {
                problems.add(name(references.get(i)) + ": " + reason(e));
            } catch (IOException | MalformedMediaException e) {
                problems.add(name(references.get(i)) + ": " + e.getMessage());
            }
        }
        if (problems.isEmpty()) {
            report.ok(
                    "playlist",
                    Count.of(master.variants().size(), "variant") + ", " + Count.of(references.size(), "playlist")
                            + ", all there");
        } else {
            report.failed(
                    "playlist",
                    problems.size() + " of " + Count.of(references.size(), "playlist") + " cannot be read: "
                            + PackageRules.join(problems),
                    "Upload them, or run the job again.");
        }
        return new LoadedPackage(start, Optional.of(master), media, moved);
    }

    private Web.Answer fetch(URI start, String reference) throws IOException, InterruptedException {
        try {
            return web.text(PlaylistParser.resolve(start, reference), MAX_PLAYLIST_BYTES);
        } catch (MalformedMediaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void add(Map<URI, MediaPlaylist> media, Web.Answer answer)
            throws IOException, MalformedMediaException {
        if (!answer.isGood()) {
            throw new IOException("HTTP " + answer.status());
        }
        if (PlaylistParser.parse(answer.text()) instanceof MediaPlaylist playlist) {
            media.put(answer.address(), playlist);
        } else {
            throw new MalformedMediaException("a multivariant playlist instead of a media playlist");
        }
    }

    private void startUp(Report report, LoadedPackage loaded, Web.Answer first) throws InterruptedException {
        try {
            new StartUp(loaded, web, first).report(report);
        } catch (IOException e) {
            report.skipped("start-up", "not estimated: " + e.getMessage(), "");
        }
    }

    private static String reason(ExecutionException e) {
        return e.getCause() instanceof IOException io ? String.valueOf(io.getMessage()) : String.valueOf(e.getCause());
    }

    /** Without its query. */
    private static String name(String reference) {
        int query = reference.indexOf('?');
        return query < 0 ? reference : reference.substring(0, query) + "?…";
    }
}
