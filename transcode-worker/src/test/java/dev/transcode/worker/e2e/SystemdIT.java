package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.worker.NotifyListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's program where systemd has started it, as systemd hears it. */
class SystemdIT {
    @TempDir
    private Path temp;

    @Test
    void itIsReadyWhenItTakesJobsIsWellWhileItRunsAndSaysThatItStops() {
        try (Backends backends = new Backends();
                NotifyListener systemd = NotifyListener.open(temp)) {
            backends.redis.kill();
            String[] settings = {"NOTIFY_SOCKET", systemd.socket(), "WATCHDOG_USEC", "1000000"};
            try (WorkerProcess worker = WorkerProcess.start("systemd", backends.settings(settings))) {
                worker.awaitLine("cannot connect to");
                assertThat(systemd.heard()).isEmpty();

                backends.redis.start();

                worker.awaitReady();
                await().until(() -> systemd.count("READY=1 STATUS=taking jobs") == 1);
                await().until(() -> systemd.count("WATCHDOG=1") >= 2);

                worker.terminate();

                assertThat(worker.exitCode()).isEqualTo(143);
                assertThat(systemd.count("STOPPING=1")).isEqualTo(1);
                assertThat(systemd.count("READY=1")).isEqualTo(1);
            }
        }
    }
}
