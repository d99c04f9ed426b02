package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.transcode.queue.Lease;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that were written from the contract alone, and never heard of us. */
class ContractClientIT {
    @TempDir
    private Path root;

    @Test
    void aShellScriptWithCurlSubmitsAsksAndLists() throws Exception {
        require("curl");
        assertThat(run("sh", "client.sh"))
                .containsPattern("submitted job_\\d{10}_[a-z0-9]{6}")
                .contains("complete transcoded/job_123/master.m3u8", "listed job_");
    }

    @Test
    void aPythonScriptSubmitsAsksAndLists() throws Exception {
        require("python3");
        assertThat(run("python3", "client.py"))
                .containsPattern("submitted job_\\d{10}_[a-z0-9]{6}")
                .contains("complete transcoded/job_123/master.m3u8", "listed job_", "input_key is missing");
    }

    private String run(String program, String script) throws Exception {
        try (TestApi api = TestApi.guarded(root)) {
            Thread worker = new Thread(() -> work(api));
            worker.start();
            Path output = Files.createTempFile(root, "out", ".txt");
            Process process = new ProcessBuilder(program, script(script), api.url.toString(), TestApi.TOKEN)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            worker.join(10_000);
            return said;
        }
    }

    /** Does the job that comes, as far as the queue sees. */
    private static void work(TestApi api) {
        try (TestWorker worker = new TestWorker(api.queue)) {
            Lease lease = worker.claimNext();
            String prefix = JsonParser.parseString(lease.payload().text())
                    .getAsJsonObject()
                    .get("output_prefix")
                    .getAsString();
            worker.complete(lease, prefix + "/720p.mp4", prefix + "/master.m3u8");
        }
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(ContractClientIT.class.getResource("/contract/" + name).toURI())
                .toString();
    }

    private static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!"required".equals(System.getenv("TRANSCODE_IT"))) {
            assumeTrue(there, program + " is not on PATH");
        }
        assertThat(there).as(program + " on PATH").isTrue();
    }
}
