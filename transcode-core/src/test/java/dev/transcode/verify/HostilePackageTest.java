package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.Cancellation;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that would fill the memory or the disk of who looks at them. */
class HostilePackageTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    /** 256 of them, each 4 MiB of the shortest segments there are, would take some 10 GB as values. */
    @Test
    void thatAllPlaylistsTogetherAreLargeIsNoticedBeforeTheyAreAllRead() throws IOException {
        StringBuilder media = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:4\n");
        String comment = "#" + "x".repeat(60_000) + "\n";
        while (media.length() + comment.length() < PackageReader.MAX_PLAYLIST_BYTES) {
            media.append(comment);
        }
        Files.writeString(folder.resolve("index.m3u8"), media.append("#EXT-X-ENDLIST\n"));
        StringBuilder master = new StringBuilder("#EXTM3U\n");
        for (int i = 0; i < 20; i++) {
            master.append("#EXT-X-STREAM-INF:BANDWIDTH=1\nindex.m3u8?")
                    .append(i)
                    .append('\n');
        }
        Files.writeString(folder.resolve("master.m3u8"), master);
        LocalPackage source = new LocalPackage(folder);
        URI start = source.address("master.m3u8");

        assertThatThrownBy(() -> new Verifier(Optional.empty()).verify(source, start, scratch, new Cancellation()))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("more than 64 MiB in all");
    }

    @Test
    void whatIsToBeDecodedIsCopiedAsFarAsThereIsRoom() throws IOException {
        Path part = Files.writeString(folder.resolve("init.mp4"), "0123456789");
        AtomicLong room = new AtomicLong(25);
        try (SampleFile first = new SampleFile(scratch.resolve("first"), room);
                SampleFile second = new SampleFile(scratch.resolve("second"), room)) {
            first.append(part, Optional.empty());
            second.append(part, Optional.empty());

            assertThatThrownBy(() -> second.append(part, Optional.empty()))
                    .isInstanceOf(TranscodeException.class)
                    .hasMessageContaining("too large");
        }
        assertThat(Files.size(scratch.resolve("first"))).isEqualTo(10);
        assertThat(Files.size(scratch.resolve("second"))).isEqualTo(10);
    }
}
