package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodeListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentWatchTest {
    private final List<String> heard = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void tellsTheInitFirstAndHoldsTheLastTwoBack() throws IOException {
        SegmentWatch watch = watch("v0");
        touch("v0/init.mp4", "v0/s00000.m4s", "v0/s00001.m4s");
        watch.poll();
        assertThat(heard).isEmpty();

        touch("v0/s00002.m4s");
        watch.poll();
        assertThat(heard).containsExactly("v0/init.mp4", "v0/s00000.m4s");

        touch("v0/s00003.m4s", "v0/s00004.m4s");
        watch.poll();
        watch.poll();
        assertThat(heard).containsExactly("v0/init.mp4", "v0/s00000.m4s", "v0/s00001.m4s", "v0/s00002.m4s");
    }

    @Test
    void aFileStillBeingWrittenIsNoSegment() throws IOException {
        SegmentWatch watch = watch("v0");
        touch("v0/init.mp4", "v0/s00000.m4s", "v0/s00001.m4s", "v0/s00002.m4s.tmp");

        watch.poll();

        assertThat(heard).isEmpty();
        assertThat(SegmentWatch.segments(directory.resolve("v0"))).hasSize(2);
    }

    @Test
    void eachTrackGoesAtItsOwnPace() throws IOException {
        SegmentWatch watch = watch("v0", "a0");
        touch("v0/init.mp4", "v0/s00000.m4s", "a0/init.mp4", "a0/s00000.m4s", "a0/s00001.m4s", "a0/s00002.m4s");

        watch.poll();

        assertThat(heard).containsExactly("a0/init.mp4", "a0/s00000.m4s");
    }

    private SegmentWatch watch(String... folders) {
        return new SegmentWatch(directory, List.of(folders), new EncodeListener() {
            @Override
            public void onSegment(String folder, Path file) {
                assertThat(file).exists().hasParent(directory.resolve(folder));
                heard.add(folder + "/" + file.getFileName());
            }
        });
    }

    private void touch(String... files) throws IOException {
        for (String file : files) {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
    }
}
