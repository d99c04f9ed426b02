package dev.transcode.queue.redis;

import java.time.Duration;
import java.util.List;

/** Gives back what stands in inboxes of workers that are gone. */
final class Inboxes {
    private Inboxes() {}

    /** @param age how old the worker's last beat must be; negative: in any case */
    static int sweep(Redis redis, Keys queue, String worker, Duration age) {
        List<Object> reply = redis.run(
                "give back the inbox of worker " + worker,
                Script.SWEEP_INBOX,
                new String[] {queue.workers(), queue.inbox(worker), queue.list()},
                new Args().add(worker).add(age));
        return Reply.number(reply);
    }
}
