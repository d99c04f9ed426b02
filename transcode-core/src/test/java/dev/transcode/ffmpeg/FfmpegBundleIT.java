package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.transcode.job.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FfmpegBundleIT {
    @TempDir
    Path cache;

    @Test
    void itIsUnpackedOnceAndAgainWhenDamaged() throws IOException {
        Path ffmpeg = unpack().directory().resolve("ffmpeg");
        Object first = Files.readAttributes(ffmpeg, "unix:ino").get("ino");
        unpack();
        assertThat(Files.readAttributes(ffmpeg, "unix:ino").get("ino")).isEqualTo(first);

        Files.write(ffmpeg, new byte[10]);
        unpack();

        assertThat(Files.size(ffmpeg)).isGreaterThan(100_000);
        assertThat(ffmpeg).isExecutable();
        assertThat(entries()).containsExactly(ffmpeg.getParent().getFileName().toString());
    }

    @Test
    void severalMayUnpackAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Path>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> unpack().directory());
            }
            for (Future<Path> call : threads.invokeAll(calls)) {
                assertThat(call.get().resolve("ffprobe")).isExecutable();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsPassedOver() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "no folder");
        FfmpegBundle bundle = bundle(List.of(file.resolve("transcode"), cache.resolve("second")));

        assertThat(bundle.unpack())
                .hasValueSatisfying(unpacked -> assertThat(unpacked.directory()).startsWith(cache.resolve("second")));
    }

    /** The system's loader takes a stub for the real library, versions and all, without a word. */
    @Test
    void theLoaderTakesAStub() throws IOException {
        FfmpegBundle.Unpacked unpacked = unpack();
        StubLibraries stubs = new StubLibraries(unpacked);
        List<String> names =
                List.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0", "libudev.so.1");
        for (String name : names) {
            assertThat(stubs.addFor(failure(name))).as(name).isTrue();
            assertThat(stubs.addFor(failure(name))).as("%s again", name).isFalse();
        }
        assertThat(stubs.addFor(failure("libstdc++.so.6")))
                .as("no stub for what is called")
                .isFalse();

        List<String> lines = new ArrayList<>();
        ToolExit exit = new ToolProcess(
                        List.of(unpacked.directory().resolve("ffmpeg").toString(), "-version"))
                .environment(Map.of("LD_LIBRARY_PATH", unpacked.stubs() + ":" + unpacked.directory()))
                .stdoutLines(1_000, lines::add)
                .run(new Cancellation());

        assertThat(exit.lastLines()).isEmpty();
        assertThat(exit.describe()).isEqualTo("exited 0");
        assertThat(lines.get(0)).startsWith("ffmpeg version ");
    }

    @Test
    void stubsThatDoHarmAreRemovedOnce() throws IOException {
        FfmpegBundle.Unpacked unpacked = unpack();
        new StubLibraries(unpacked).addFor(failure("libxcb.so.1"));
        ToolExit harm = new ToolExit(127, List.of("symbol lookup error: libX11.so.6: xcb_connect"), Duration.ZERO);
        StubLibraries later = new StubLibraries(unpacked);

        assertThat(later.addFor(harm)).isTrue();
        assertThat(unpacked.stubs()).isEmptyDirectory();
        assertThat(later.addFor(harm)).isFalse();
    }

    private static ToolExit failure(String library) {
        return new ToolExit(
                127,
                List.of("ffmpeg: error while loading shared libraries: " + library
                        + ": cannot open shared object file: No such file or directory"),
                Duration.ZERO);
    }

    private FfmpegBundle.Unpacked unpack() {
        return bundle(List.of(cache)).unpack().orElseThrow();
    }

    private static FfmpegBundle bundle(List<Path> caches) {
        var jar = FfmpegBundle.platform(System.getProperty("os.name"), System.getProperty("os.arch"))
                .flatMap(BundleJar::find);
        assumeThat(jar).as("the bundle is on the class path").isPresent();
        return new FfmpegBundle(jar, caches);
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
