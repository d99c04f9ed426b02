package dev.transcode.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit files, where they and the programs must agree; {@code systemd-analyze verify} reads them whole. */
class SystemdUnitTest {
    private static final Path FOLDER = Path.of("..", "docs", "deploy", "systemd");

    @Test
    void theWorkerHasTheTimeToDrainThatItsSettingsGiveIt() throws IOException {
        Map<String, List<String>> unit = read("transcode-worker.service");
        Map<String, String> env = new HashMap<>(exampleOfSettings());
        for (String assignment : String.join(" ", unit.get("Environment")).split(" ", -1)) {
            env.put(assignment.split("=", 2)[0], assignment.split("=", 2)[1]);
        }
        Settings settings = Settings.of(env);
        assertThat(env.keySet())
                .allMatch(name ->
                        settings.toString().contains(name) || env.get(name).isEmpty());
        WorkerConfig config = WorkerConfig.of(settings);

        assertThat(config.stop()).isEqualTo(WorkerConfig.Stop.DRAIN);
        assertThat(seconds(unit, "TimeoutStopSec"))
                .isGreaterThanOrEqualTo(config.drain().toSeconds() + 25);
        // Else systemd stops FFmpeg first, and there is nothing to drain.
        assertThat(unit).containsEntry("KillMode", List.of("mixed"));
        assertThat(config.workDirectory())
                .isEqualTo(Path.of("/var/cache", unit.get("CacheDirectory").get(0)));
    }

    @Test
    void systemdHearsTheWorker() throws IOException {
        Map<String, List<String>> unit = read("transcode-worker.service");
        assertThat(unit)
                .containsEntry("Type", List.of("notify"))
                .containsEntry("NotifyAccess", List.of("all"))
                .containsEntry("TimeoutStartSec", List.of("infinity"));
        // A round of the heartbeat may take a lease; shorter, and a slow Redis would restart workers.
        assertThat(seconds(unit, "WatchdogSec")).isGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transcode-worker.service", "transcode-api.service"})
    void theyAreConfinedAndDoNotStartAgainWhenThatIsOfNoUse(String file) throws IOException {
        assertThat(read(file))
                .containsEntry("DynamicUser", List.of("yes"))
                .containsEntry("ProtectSystem", List.of("strict"))
                .containsEntry("NoNewPrivileges", List.of("yes"))
                .containsEntry("CapabilityBoundingSet", List.of(""))
                .containsEntry("SystemCallFilter", List.of("@system-service"))
                .containsEntry("SuccessExitStatus", List.of("143"))
                .containsEntry("RestartPreventExitStatus", List.of("2 4"))
                .doesNotContainKey("MemoryDenyWriteExecute");
    }

    private static long seconds(Map<String, List<String>> unit, String name) {
        return Long.parseLong(unit.get(name).get(0).replaceFirst("s$", ""));
    }

    private static Map<String, String> exampleOfSettings() throws IOException {
        Map<String, String> env = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("worker.env.example"))) {
            if (!line.startsWith("#") && line.contains("=")) {
                env.put(line.split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        return env;
    }

    private static Map<String, List<String>> read(String file) throws IOException {
        Map<String, List<String>> unit = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            if (!line.startsWith("#") && line.contains("=")) {
                String[] parts = line.split("=", 2);
                unit.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
            }
        }
        return unit;
    }
}
