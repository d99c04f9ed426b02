package dev.transcode.cli.serve.api;

import dev.transcode.job.JobId;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One who watches: reads the {@link EventLog} at its own pace, a few events at a time, the next when those are sent. So
 * it costs no more than these few, however slow it is; too slow, and it is dropped. Thread-safe.
 */
final class Watcher implements ServerSentEventConnection.EventCallback {
    private static final int BATCH = 64;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ServerSentEventConnection connection;
    private final EventLog log;
    private final Optional<JobId> job;
    private long readUpTo;
    private boolean sending;
    private long sendingSince;

    /**
     * @param job whose events are wanted; empty = all
     * @param readUpTo number of the last event that is not to be sent
     */
    Watcher(ServerSentEventConnection connection, EventLog log, Optional<JobId> job, long readUpTo) {
        this.connection = connection;
        this.log = log;
        this.job = job;
        this.readUpTo = readUpTo;
    }

    Optional<JobId> job() {
        return job;
    }

    ServerSentEventConnection connection() {
        return connection;
    }

    /** Sends what has happened since. */
    synchronized void start() {
        if (!sending) {
            sendNext();
        }
    }

    /** There is an event of that number, and it is wanted. */
    synchronized void wake(long number) {
        if (!sending) {
            // All wanted ones before were sent: those between were not wanted, and may be gone by now.
            readUpTo = Math.max(readUpTo, number - 1);
            sendNext();
        }
    }

    /** Whether it has not taken anything for long, or what it is to be sent next is gone. */
    synchronized boolean isTooSlow() {
        return sending && (System.nanoTime() - sendingSince > STUCK_NANOS || !log.reaches(readUpTo));
    }

    void drop() {
        IoUtils.safeClose(connection);
    }

    @Override
    public synchronized void done(
            ServerSentEventConnection sent, @Nullable String data, @Nullable String event, @Nullable String id) {
        sending = false;
        sendNext();
    }

    @Override
    public void failed(
            ServerSentEventConnection sent,
            @Nullable String data,
            @Nullable String event,
            @Nullable String id,
            IOException e) {
        drop();
    }

    private void sendNext() {
        EventLog.Batch batch =
                log.after(readUpTo, entry -> job.isEmpty() || job.get().equals(entry.job()), BATCH);
        if (batch.lost()) {
            drop();
            return;
        }
        readUpTo = batch.upTo();
        List<EventLog.Entry> entries = batch.entries();
        if (entries.isEmpty()) {
            return;
        }
        sending = true;
        sendingSince = System.nanoTime();
        for (int i = 0; i < entries.size(); i++) {
            EventLog.Entry entry = entries.get(i);
            boolean last = i == entries.size() - 1;
            connection.send(entry.data(), entry.name(), entry.position(), last ? this : null);
        }
    }
}
