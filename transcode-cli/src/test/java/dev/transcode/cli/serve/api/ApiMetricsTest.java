package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
