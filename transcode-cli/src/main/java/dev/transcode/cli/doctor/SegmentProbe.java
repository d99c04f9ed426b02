package dev.transcode.cli.doctor;

import dev.transcode.hls.ByteRange;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.Segment;
import dev.transcode.internal.Count;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Asks for a byte of segments all over a package. */
final class SegmentProbe {
    /** Of each playlist, evenly spread, with the first and the last. */
    private static final int PER_PLAYLIST = 8;

    private static final int MOST = 96;

    private final LoadedPackage loaded;
    private final Map<URI, Target> targets = new LinkedHashMap<>();
    private final Map<Target, Web.Answer> answers = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int all;

    SegmentProbe(LoadedPackage loaded) {
        this.loaded = loaded;
        loaded.media().forEach(this::choose);
    }

    /**
     * A file to ask for.
     *
     * @param offset of the byte
     * @param range if only a part of the file is the segment
     */
    private record Target(URI address, long offset, Optional<ByteRange> range) {}

    private void choose(URI address, MediaPlaylist playlist) {
        List<Segment> segments = playlist.segments();
        all += segments.size();
        int count = Math.min(PER_PLAYLIST, segments.size());
        for (int i = 0; i < count && targets.size() < MOST; i++) {
            int at = count == 1 ? 0 : Math.toIntExact((long) i * (segments.size() - 1) / (count - 1));
            Segment segment = segments.get(at);
            segment.init().ifPresent(init -> add(address, init.uri(), init.range()));
            add(address, segment.uri(), segment.range());
        }
    }

    private void add(URI playlist, String reference, Optional<ByteRange> range) {
        LoadedPackage.resolve(playlist, reference)
                .ifPresent(address -> targets.putIfAbsent(
                        address,
                        new Target(address, range.map(ByteRange::offset).orElse(0L), range)));
    }

    /** Asks, several at once. */
    void run(Web web, ExecutorService threads) throws InterruptedException {
        List<Target> order = List.copyOf(targets.values());
        List<Callable<Web.Answer>> work = new ArrayList<>();
        order.forEach(target -> work.add(() -> web.touch(target.address(), target.offset())));
        List<Future<Web.Answer>> done = threads.invokeAll(work);
        for (int i = 0; i < order.size(); i++) {
            Target target = order.get(i);
            String name = loaded.name(target.address());
            try {
                Web.Answer answer = done.get(i).get();
                answers.put(target, answer);
                if (!answer.isGood()) {
                    problems.add(name + ": HTTP " + answer.status());
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() instanceof IOException io ? io : e;
                problems.add(name + ": " + cause.getMessage());
            }
        }
    }

    Collection<Web.Answer> answers() {
        return answers.values();
    }

    void report(Report report) {
        String count = Count.of(targets.size(), "file") + " looked at, of " + Count.of(all, "segment");
        if (problems.isEmpty()) {
            report.ok("segments", "all answer (" + count + ")");
        } else {
            report.failed(
                    "segments",
                    problems.size() + " of " + targets.size() + " do not answer: " + PackageRules.join(problems),
                    "Upload them, or run the job again; 'transcode verify URL' reads every file.");
        }
        ranges(report);
        RokuRules.segmentSize(report, largest());
    }

    private void ranges(Report report) {
        List<Map.Entry<Target, Web.Answer>> good = answers.entrySet().stream()
                .filter(entry -> entry.getValue().isGood())
                .toList();
        boolean known = good.stream().allMatch(entry -> entry.getValue().status() == 206);
        boolean needed = good.stream().anyMatch(entry -> entry.getKey().range().isPresent())
                || loaded.media().values().stream().anyMatch(MediaPlaylist::iframesOnly);
        if (good.isEmpty()) {
            report.skipped("ranges", "no segment answered", "");
        } else if (known) {
            report.ok("ranges", "the server sends parts of files");
        } else if (needed) {
            report.failed(
                    "ranges",
                    "the server sends whole files only, and the playlists name parts of files (EXT-X-BYTERANGE)",
                    "Let the server answer Range requests with 206.");
        } else {
            report.warning(
                    "ranges",
                    "the server sends whole files only",
                    "Let it answer Range requests with 206: MP4s cannot be sought otherwise.");
        }
    }

    private long largest() {
        long largest = 0;
        for (Map.Entry<Target, Web.Answer> entry : answers.entrySet()) {
            long size = entry.getKey()
                    .range()
                    .map(ByteRange::length)
                    .orElse(entry.getValue().size());
            largest = Math.max(largest, entry.getValue().isGood() ? size : 0);
        }
        return largest;
    }
}
