package dev.transcode.queue.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks now and then for what fell between the sets, as after a loss of data: a page of payloads a minute, and every
 * five minutes inboxes of workers that are not registered. For one thread.
 */
final class Audit {
    private static final int PAGE = 100;
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration INBOXES_EVERY = Duration.ofMinutes(5);

    private final Redis redis;
    private final Duration lease;

    /** By queue, where the next page starts. */
    private final Map<String, ScanCursor> next = new HashMap<>();

    private final Map<String, Long> lastLook = new HashMap<>();
    private final Map<String, Long> lastInboxes = new HashMap<>();

    Audit(Redis redis, Duration lease) {
        this.redis = redis;
        this.lease = lease;
    }

    /** Does what is due. Returns how many jobs or payloads were brought back. */
    int look(Keys queue) {
        int healed = 0;
        if (isDue(lastLook, queue, EVERY)) {
            healed += page(queue);
            trim(queue);
        }
        if (isDue(lastInboxes, queue, INBOXES_EVERY)) {
            healed += orphans(queue);
        }
        return healed;
    }

    private static boolean isDue(Map<String, Long> last, Keys queue, Duration every) {
        long now = System.nanoTime();
        Long before = last.get(queue.queue());
        if (before != null && now - before < every.toNanos()) {
            return false;
        }
        last.put(queue.queue(), now);
        return true;
    }

    private int page(Keys queue) {
        ScanCursor from = next.getOrDefault(queue.queue(), ScanCursor.INITIAL);
        MapScanCursor<String, byte[]> page = redis.call(
                "audit " + queue.list(),
                commands -> commands.hscan(queue.payloads(), from, ScanArgs.Builder.limit(PAGE)));
        next.put(queue.queue(), page.isFinished() ? ScanCursor.INITIAL : page);
        if (page.getMap().isEmpty()) {
            return 0;
        }
        Args ids = new Args();
        page.getMap().keySet().forEach(ids::add);
        List<Object> healed = redis.run(
                "audit " + queue.list(),
                Script.AUDIT,
                new String[] {queue.payloads(), queue.leases(), queue.delayed(), queue.dead()},
                ids);
        return Reply.number(healed);
    }

    private void trim(Keys queue) {
        redis.run(
                "forget what is old in " + queue.list(),
                Script.TRIM,
                new String[] {queue.dead(), queue.payloads(), queue.finished(), Keys.INDEX},
                new Args().add(PAGE));
    }

    private int orphans(Keys queue) {
        int swept = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            KeyScanCursor<String> page = redis.call(
                    "look for inboxes of " + queue.list(),
                    commands -> commands.scan(
                            from,
                            ScanArgs.Builder.matches(glob(queue.inboxes()) + "*")
                                    .limit(1_000)));
            for (String inbox : page.getKeys()) {
                swept += Inboxes.sweep(
                        redis, queue, inbox.substring(queue.inboxes().length()), lease);
            }
            cursor = page;
        } while (!cursor.isFinished());
        return swept;
    }

    private static String glob(String name) {
        return name.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
