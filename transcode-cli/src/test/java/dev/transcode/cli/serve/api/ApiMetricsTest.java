package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's metrics are those that docs/observability.md lists for it; MetricsIT of the worker does the same for that. */
class ApiMetricsTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `(transcode_[a-z_]+)` \\| ([a-z]+) \\|[^|]*\\| ([^|]+) \\|.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    @TempDir
    private Path root;

    @Test
    void theyAreThoseOfTheDocs() throws Exception {
        Map<String, String> answered = new TreeMap<>();
        try (TestApi api = TestApi.open(root)) {
            api.get("/api/transcode/queues");
            for (String line : api.get("/metrics").body().split("\n", -1)) {
                Matcher matcher = TYPE.matcher(line);
                if (matcher.matches()) {
                    answered.put(matcher.group(1), matcher.group(2));
                }
            }
        }
        assertThat(answered).containsKeys("jvm_memory_used_bytes", "process_cpu_usage", "system_cpu_count");
        answered.keySet().removeIf(name -> name.matches("(jvm|process|system)_.*"));

        assertThat(answered).containsExactlyEntriesOf(documented());
    }

    /** Nobody has to show a token for it, and each name would be kept for good. */
    @Test
    void methodsThatACallerMadeUpAreOne() throws Exception {
        try (TestApi api = TestApi.open(root)) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append("EVIL").append(i).append(" /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            requests.append("EVIL /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.url.getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("405 Method Not Allowed", "404 Not Found");
            }

            String metrics = api.get("/metrics").body();

            assertThat(metrics).doesNotContain("EVIL").contains("method=\"other\",path=\"/healthz\",status=\"405\"");
        }
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "observability.md"))) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches() && matcher.group(3).contains("API")) {
                documented.put(matcher.group(1), matcher.group(2));
            }
        }
        return documented;
    }
}
