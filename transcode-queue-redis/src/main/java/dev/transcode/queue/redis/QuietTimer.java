package dev.transcode.queue.redis;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sleeps until something is due, and has no thread before. Netty's own timer wakes up ten times a second for as long as
 * the program lives, and all that is ever due here is another try to connect. Thread-safe.
 */
final class QuietTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(QuietTimer.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "redis-timer");
        thread.setDaemon(true);
        return thread;
    });

    QuietTimer() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        Entry entry = new Entry(task);
        entry.scheduled = executor.schedule(entry, delay, unit);
        return entry;
    }

    /** What was not due by then never will be. */
    @Override
    public Set<Timeout> stop() {
        executor.shutdownNow();
        return Set.of();
    }

    private final class Entry implements Timeout, Runnable {
        private final TimerTask task;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile @Nullable Future<?> scheduled;

        Entry(TimerTask task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (over.compareAndSet(false, true)) {
                try {
                    task.run(this);
                } catch (Exception e) {
                    LOG.warn("cannot do what was due: {}", e.toString(), e);
                }
            }
        }

        @Override
        public Timer timer() {
            return QuietTimer.this;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            return over.get() && !cancelled;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean cancel() {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            cancelled = true;
            Future<?> future = scheduled;
            if (future != null) {
                future.cancel(false);
            }
            return true;
        }
    }
}
