package dev.transcode.cli.serve.api;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The API's own threads; none keeps the process alive. */
final class ApiThreads {
    private static final int IDLE_SECONDS = 30;

    private ApiThreads() {}

    /** One thread for short tasks at a time. */
    static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(named("deadlines"));
    }

    /** Refuses what comes while all are busy. */
    static ThreadPoolExecutor upTo(int threads, String name) {
        return new ThreadPoolExecutor(
                0, threads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name));
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
