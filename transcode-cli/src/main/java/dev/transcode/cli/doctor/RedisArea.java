package dev.transcode.cli.doctor;

import dev.transcode.internal.Count;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the queue's server is there, keeps what it is given, and has somebody to serve it. */
final class RedisArea implements Area {
    private static final int PINGS = 5;

    private final Settings settings;
    private final Supplier<Optional<QueueServer>> open;

    RedisArea(Settings settings, Supplier<Optional<QueueServer>> open) {
        this.settings = settings;
        this.open = open;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void examine(Report report) {
        Optional<QueueServer> known;
        try {
            known = open.get();
        } catch (QueueRefusedException e) {
            refused(report, e);
            return;
        }
        if (known.isEmpty()) {
            report.skipped(
                    "redis", "not configured: REDIS_URL is not set", "Needed for workers, submit and serve only.");
            return;
        }
        String address = settings.shown(Setting.REDIS_URL);
        try (QueueServer server = known.get()) {
            Duration unused = server.ping(); // connects, and loads the client: no measure of anything
            report.ok("redis", address + " answers");
            RedisRules.latency(report, median(server));
            RedisRules.judge(report, server.info());
            for (QueueDepth depth : server.depths(settings.queues())) {
                queue(report, depth);
            }
        } catch (QueueUnavailableException e) {
            report.failed(
                    "redis",
                    e.getMessage() + " (" + address + ")",
                    "Check that Redis runs, that REDIS_URL names its host and port (rediss:// where it wants TLS),"
                            + " and that this machine may connect to it.");
        } catch (QueueRefusedException e) {
            refused(report, e);
        }
    }

    private static void refused(Report report, QueueRefusedException e) {
        report.failed("redis", String.valueOf(e.getMessage()), "Correct REDIS_URL.");
    }

    private static Duration median(QueueServer server) {
        List<Duration> pings = new ArrayList<>();
        for (int i = 0; i < PINGS; i++) {
            pings.add(server.ping());
        }
        Collections.sort(pings);
        return pings.get(PINGS / 2);
    }

    static void queue(Report report, QueueDepth depth) {
        String name = "redis queue";
        String seen = depth.queue() + ": " + depth.waiting() + " waiting, " + depth.running() + " running, "
                + depth.delayed() + " delayed, " + depth.dead() + " dead, " + depth.malformed() + " malformed, "
                + Count.of(depth.workers(), "worker");
        if (depth.waiting() > 0 && depth.workers() == 0) {
            report.warning(
                    name,
                    seen + ": nobody takes them",
                    "Start a worker with QUEUE_NAME=" + depth.queue() + ": java -jar transcode-worker.jar");
        } else if (depth.malformed() > 0) {
            report.warning(
                    name,
                    seen,
                    "Some producer pushes what is no job; look why: LRANGE " + depth.queue() + ":malformed 0 9");
        } else {
            report.ok(name, seen);
        }
    }
}
