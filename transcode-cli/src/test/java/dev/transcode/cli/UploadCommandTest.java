package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadCommandTest {
    @TempDir
    private Path temp;

    private Path bucket = Path.of("");
    private Path film = Path.of("");
    private TestConnections servers = new TestConnections(Map.of());

    @BeforeEach
    void makeAFilmAndABucket() throws Exception {
        bucket = Files.createDirectory(temp.resolve("bucket"));
        film = Files.write(temp.resolve("film.mp4"), new byte[123_456]);
        servers = new TestConnections(Map.of("S3_BUCKET", "media"), Map.of("media", bucket));
    }

    @Test
    void theFileGoesIntoTheBucketOfTheSettingsAndItsAddressToStandardOutput() {
        CommandRun run = servers.run("upload", film.toString(), "in/a.mp4");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("s3://media/in/a.mp4\n");
        assertThat(run.err()).matches("123 kB in \\d+\\.\\d\\d s, \\d+\\.\\d MB/s\\R");
        assertThat(bucket.resolve("in/a.mp4")).hasSize(123_456);
    }

    @Test
    void aKeyThatIsAFolderKeepsTheName() {
        assertThat(servers.run("upload", film.toString(), "s3://media/in/").out())
                .isEqualTo("s3://media/in/film.mp4\n");
        assertThat(servers.run("upload", film.toString(), "s3://media").out()).isEqualTo("s3://media/film.mp4\n");
        assertThat(bucket.resolve("in/film.mp4")).hasSize(123_456);
    }

    @Test
    void asJsonItHasTheObjectAndTheSpeed() {
        assertThat(servers.run("upload", film.toString(), "a.mp4", "--json").out())
                .matches("(?s)\\{\\s+\"bucket\": \"media\",\\s+\"key\": \"a.mp4\",\\s+\"bytes\": 123456,"
                        + "\\s+\"etag\": \"[^\"]+\",\\s+\"seconds\": [\\d.]+,"
                        + "\\s+\"upload_mb_per_second\": [\\d.]+\\s+}\\R");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(servers.run("upload", "no-such-film.mp4", "a").code()).isEqualTo(5);
        assertThat(servers.run("upload", temp.toString(), "a").err()).contains("it is a folder");
        CommandRun run = servers.run("upload", film.toString(), "s3://other/a");
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("[no_such_bucket]");
        assertThat(servers.run("upload", film.toString()).code()).isEqualTo(2);
        assertThat(new TestConnections(Map.of())
                        .run("upload", film.toString(), "a")
                        .err())
                .contains("cannot use KEY: it names no bucket, and LYVE_BUCKET or S3_BUCKET is not set");
    }
}
