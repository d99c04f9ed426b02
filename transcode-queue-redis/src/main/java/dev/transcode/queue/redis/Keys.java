package dev.transcode.queue.redis;

import dev.transcode.job.JobId;

/**
 * The names of everything kept in Redis; see docs/redis-keys.md.
 *
 * @param queue name of the list that producers push to
 */
record Keys(String queue) {
    /** What a job's status names no queue means: a producer wrote it itself. */
    static final String DEFAULT_QUEUE = "transcode_jobs";

    static final String EVENTS = "transcode:events";
    static final String INDEX = "transcode:index";
    static final String OUTBOX = "transcode:outbox";

    Keys {
        if (queue.isBlank()) {
            throw new IllegalArgumentException("a queue's name is empty");
        }
    }

    static String job(JobId id) {
        return "job:" + id;
    }

    static String idempotency(String keySha) {
        return "transcode:idem:" + keySha;
    }

    static String outboxEntry(String eventId) {
        return OUTBOX + ":" + eventId;
    }

    static String outboxLog(JobId id) {
        return "transcode:outbox-log:" + id;
    }

    String list() {
        return queue;
    }

    String inbox(String worker) {
        return inboxes() + worker;
    }

    /** What the names of all inboxes start with. */
    String inboxes() {
        return queue + ":inbox:";
    }

    String workers() {
        return queue + ":workers";
    }

    String leases() {
        return queue + ":leases";
    }

    String payloads() {
        return queue + ":payloads";
    }

    String delayed() {
        return queue + ":delayed";
    }

    String dead() {
        return queue + ":dead";
    }

    String finished() {
        return queue + ":finished";
    }

    String malformed() {
        return queue + ":malformed";
    }

    String fence() {
        return queue + ":fence";
    }

    /** The keys that every script which may end a job starts with, in their order. */
    String[] ofEnd(JobId id, String... more) {
        String[] keys = new String[8 + more.length];
        keys[0] = job(id);
        keys[1] = leases();
        keys[2] = delayed();
        keys[3] = dead();
        keys[4] = finished();
        keys[5] = payloads();
        keys[6] = EVENTS;
        keys[7] = OUTBOX;
        System.arraycopy(more, 0, keys, 8, more.length);
        return keys;
    }
}
