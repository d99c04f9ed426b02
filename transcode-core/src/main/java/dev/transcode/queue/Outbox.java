package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Webhooks to be delivered, written together with the end of their job. Delivered at least once, by any process that
 * asks. Thread-safe.
 */
public interface Outbox {
    /**
     * Takes up to {@code limit} entries that are due and hides them from others for {@code hold}; who dies with one
     * leaves it to be taken again.
     */
    List<OutboxEntry> due(int limit, Duration hold);

    /** The entry is settled: delivered, or given up. {@code log} is added to the job's delivery log. */
    void settle(OutboxEntry entry, String log);

    /** The entry is tried again after {@code delay}. {@code log} is added to the job's delivery log. */
    void again(OutboxEntry entry, Duration delay, String log);

    /**
     * Puts the last webhook of an ended job back as due now, under its own event id and with all its tries before it,
     * whatever became of it. Empty if there was none, or it is no longer kept.
     */
    Optional<OutboxEntry> resend(JobId job);

    /** The job's delivery log, oldest first: a line for each of the last 20 tries. */
    List<String> log(JobId job);
}
