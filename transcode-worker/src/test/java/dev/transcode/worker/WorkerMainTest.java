package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void versionAndHelpGoToStandardOutput() {
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("transcode-worker ")
                .contains("Usage: ", "REDIS_URL, UPSTASH_REDIS_URL", "LYVE_ENDPOINT", "TRANSCODE_CONCURRENCY (1)");
        assertThat(err.size()).isZero();
    }

    @Test
    void aMissingSettingIsOneLineWithAllItsNamesAndEndsWith2() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(errors()).hasLineCount(1).contains("REDIS_URL", "UPSTASH_REDIS_URL");
        err.reset();
        assertThat(run(Map.of("REDIS_URL", "redis://localhost"))).isEqualTo(2);
        assertThat(errors()).hasLineCount(1).contains("LYVE_ENDPOINT", "S3_ENDPOINT", "AWS_ENDPOINT_URL_S3");
    }

    @Test
    void aSettingThatCannotBeUsedEndsWith2AndKeepsItsSecret() {
        Map<String, String> env = Map.of(
                "REDIS_URL", "http://user:s3cret@localhost",
                "LYVE_ENDPOINT", "http://localhost:1",
                "LYVE_ACCESS_KEY", "a",
                "LYVE_SECRET_KEY", "b");
        assertThat(run(env)).isIn(2, 4);
        assertThat(errors()).hasLineCount(1).doesNotContain("s3cret");
    }

    @Test
    void anArgumentIsRefused() {
        assertThat(run(Map.of(), "--queue=x")).isEqualTo(2);
        assertThat(errors()).contains("--queue=x", "--help");
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int run(Map<String, String> env, String... args) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return WorkerMain.run(List.of(args), env, outStream, errStream);
    }
}
