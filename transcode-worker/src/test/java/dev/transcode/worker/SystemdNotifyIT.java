package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real listener on a real socket hears through the real systemd-notify. */
class SystemdNotifyIT {
    @TempDir
    private Path temp;

    @Test
    void itSaysThatItIsReadyAndThenThatItIsWellAsLongAsItIs() {
        AtomicBoolean well = new AtomicBoolean(true);
        try (NotifyListener systemd = NotifyListener.open(temp)) {
            SystemdNotify notify = SystemdNotify.of(Map.of(
                    "NOTIFY_SOCKET", systemd.socket(),
                    "WATCHDOG_USEC", "400000",
                    "WATCHDOG_PID", Long.toString(ProcessHandle.current().pid())));

            notify.ready(well::get, () -> "taking jobs");

            await().until(() -> systemd.count("WATCHDOG=1") >= 3);
            assertThat(systemd.heard().get(0)).isEqualTo("READY=1 STATUS=taking jobs");
            assertThat(systemd.count("READY=1")).isEqualTo(1);

            well.set(false);
            // One may be under way; then there is silence for five times the period.
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            long before = systemd.count("WATCHDOG=1");
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            assertThat(systemd.count("WATCHDOG=1")).isEqualTo(before);

            notify.stopping();
            await().until(() -> systemd.count("STOPPING=1") == 1);
        }
    }

    @Test
    void anotherProcessesWatchdogIsNotFed() {
        try (NotifyListener systemd = NotifyListener.open(temp)) {
            SystemdNotify notify = SystemdNotify.of(
                    Map.of("NOTIFY_SOCKET", systemd.socket(), "WATCHDOG_USEC", "100000", "WATCHDOG_PID", "1"));

            notify.ready(() -> true, () -> "taking jobs");

            await().until(() -> systemd.count("READY=1") == 1);
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            assertThat(systemd.heard()).hasSize(1);
        }
    }

    @Test
    void whereNobodyListensTheWorkerGoesOn() {
        SystemdNotify.of(Map.of("NOTIFY_SOCKET", temp.resolve("nobody").toString()))
                .stopping();
        SystemdNotify.of(Map.of()).stopping();
    }
}
