package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.Installations;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.FrameRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What both FFmpegs write, measured: the boxes are the whole risk to the sync of sound and picture. */
class HlsPackagerIT {
    private static final String RUN = "r-1a2b3c4d-7";

    @TempDir
    Path directory;

    /**
     * Each rate with a length that is a whole number of segments, where sound gets a tail of a few samples, and with one
     * that leaves a short tail; besides a long tail, and a film of a blink.
     */
    static Stream<Arguments> films() {
        List<Arguments> films = new ArrayList<>();
        for (String choice : List.of("path", "bundled")) {
            for (String rate : List.of("24000/1001", "30000/1001", "25", "60", "179/6", "2997/200")) {
                int segment = 4 * (int) Math.round(FrameRate.parse(rate).value());
                for (int tail : List.of(0, segment / 16)) {
                    films.add(Arguments.of(choice, rate, 2 * segment + tail));
                }
            }
            films.add(Arguments.of(choice, "25", 250));
            films.add(Arguments.of(choice, "25", 7));
        }
        return films.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2} frames")
    @MethodSource("films")
    void aPackageIsPlayableAsPackagingDemands(String choice, String rate, int frames) throws Exception {
        FfmpegInstallation ffmpeg = Installations.require(choice);
        FrameRate frameRate = FrameRate.parse(rate);
        EncodePlan plan =
                Plans.video(frameRate, frames, List.of(Plans.audio("128k", "eng"), Plans.audio("96k", "eng")));
        Path source = film(frameRate, plan.duration());
        FfmpegEncoder encoder = new FfmpegEncoder(ffmpeg);
        Path encoded = Files.createDirectory(directory.resolve("encode"));
        Path work = Files.createDirectory(directory.resolve("package"));
        HlsLayout layout = HlsLayout.of(plan, RUN, Optional.empty());

        EncodedMedia media = encoder.encode(plan, source, encoded, EncodeListener.NONE, new Cancellation());
        HlsPackage made = new HlsPackager(encoder).pack(plan, media, layout, work, new Cancellation());

        Map<String, Path> files = new HashMap<>();
        made.files().forEach(file -> files.put(file.key(), file.file()));
        MediaPlaylist first = check(files, layout, "v0");
        MediaPlaylist second = check(files, layout, "v1");
        MediaPlaylist sound = check(files, layout, "a0");
        check(files, layout, "a1");
        assertThat(second.segments()).extracting(Segment::duration).isEqualTo(cuts(first));
        assertThat(second.targetDuration()).isEqualTo(first.targetDuration());
        assertThat(sound.targetDuration()).isEqualTo(first.targetDuration());
        assertThat(first.duration().minus(frameRate.durationOf(frames)).abs()).isLessThan(Duration.ofNanos(2_000));
        assertThat(sound.duration().minus(first.duration()).abs()).isLessThan(Duration.ofMillis(1));
        checkProgressive(files.get("720p.mp4"));
        assertThat(made.renditions().get(0).samples()).isEqualTo(frames);
        assertThat(made.renditions().get(0).frameRate().orElseThrow())
                .isEqualTo(Math.round(frameRate.value() * 1000) / 1000.0);
    }

    private static List<Duration> cuts(MediaPlaylist playlist) {
        List<Duration> cuts = new ArrayList<>();
        playlist.segments().forEach(segment -> cuts.add(segment.duration()));
        return cuts;
    }

    /** Reads one track back from the files that would be published. */
    private static MediaPlaylist check(Map<String, Path> files, HlsLayout layout, String track) throws Exception {
        Path text = files.get(layout.key(track, HlsLayout.MEDIA_PLAYLIST));
        MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(Files.readString(text));
        InitFacts init = Mp4Reader.readInit(files.get(layout.key(track, HlsLayout.INIT)));
        TrackFacts facts = init.tracks().get(0);
        assertThat(facts.edits()).hasSizeLessThanOrEqualTo(1).noneMatch(TrackFacts.Edit::isEmpty);
        List<SegmentFacts> segments = new ArrayList<>();
        for (Segment segment : playlist.segments()) {
            SegmentFacts read = Mp4Reader.readSegment(files.get(layout.key(track, segment.uri())), init)
                    .get(facts.id());
            assertThat(read.startsWithSync()).isTrue();
            assertThat(read.fragmentRelative()).isTrue();
            assertThat(read.contiguous()).isTrue();
            long expected =
                    segments.isEmpty() ? 0 : segments.get(segments.size() - 1).decodeEnd();
            assertThat(read.decodeTime()).isEqualTo(expected);
            segments.add(read);
        }
        assertThat(cuts(playlist)).isEqualTo(new FragmentedTrack(facts, segments).durations());
        if (segments.size() > 1) {
            assertThat(cuts(playlist)).allMatch(d -> d.compareTo(TailMerge.SHORTEST) >= 0);
        }
        assertThat(cuts(playlist)).allMatch(d -> d.plusMillis(500).toSeconds() <= playlist.targetDuration());
        checkKeyframes(files, layout, track, segments);
        return playlist;
    }

    private static void checkKeyframes(
            Map<String, Path> files, HlsLayout layout, String track, List<SegmentFacts> segments) throws Exception {
        Path text = files.get(layout.key(track, HlsLayout.IFRAME_PLAYLIST));
        if (text == null) {
            assertThat(track).startsWith("a");
            return;
        }
        MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(Files.readString(text));
        assertThat(playlist.iframesOnly()).isTrue();
        assertThat(playlist.segments())
                .extracting(segment -> segment.range().orElseThrow())
                .isEqualTo(segments.stream().map(SegmentFacts::firstSample).toList());
    }

    /** Sound and picture both start at 0: the sound has no priming to take off, as in the segments. */
    private static void checkProgressive(Path file) throws Exception {
        InitFacts movie = Mp4Reader.readInit(file);
        assertThat(movie.tracks())
                .extracting(TrackFacts::kind)
                .containsExactly(TrackFacts.Kind.VIDEO, TrackFacts.Kind.AUDIO);
        assertThat(movie.tracks()).allSatisfy(track -> assertThat(track.edits()).hasSize(1));
        assertThat(movie.tracks().get(1).start()).isZero();
    }

    private Path film(FrameRate rate, Duration length) throws IOException, InterruptedException {
        FfmpegInstallation ffmpeg = Installations.tool();
        Path film = directory.resolve("film.mkv");
        String seconds = Double.toString(length.toNanos() / 1e9 + 0.2);
        ProcessBuilder builder = new ProcessBuilder(
                ffmpeg.ffmpeg().toString(),
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=" + rate + ":duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=44100:duration=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "flac",
                film.toString());
        builder.environment().clear();
        builder.environment().putAll(ffmpeg.environment());
        Process process = builder.inheritIO().start();
        assertThat(process.waitFor()).isZero();
        return film;
    }
}
