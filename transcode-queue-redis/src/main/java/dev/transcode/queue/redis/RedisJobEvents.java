package dev.transcode.queue.redis;

import dev.transcode.job.JobId;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The event stream, read on a connection of its own as reading waits there. */
final class RedisJobEvents implements JobEvents {
    private static final int PAGE = 1_000;

    private final Redis redis;

    /** @param redis for this alone; closed with this */
    RedisJobEvents(Redis redis) {
        this.redis = redis;
    }

    @Override
    public String end() {
        List<StreamMessage<String, byte[]>> last = redis.call(
                "read the last event",
                commands -> commands.xrevrange(Keys.EVENTS, Range.unbounded(), Limit.create(0, 1)));
        return last.isEmpty() ? "0" : last.get(0).getId();
    }

    @Override
    @SuppressWarnings("unchecked") // an array of one stream
    public List<JobEvent> read(String position, Duration wait) {
        XReadArgs args = XReadArgs.Builder.count(PAGE);
        if (wait.toMillis() > 0) {
            args.block(wait); // 0 would wait for ever
        }
        List<StreamMessage<String, byte[]>> messages = redis.call(
                "read events",
                wait.plus(RedisServer.TIMEOUT),
                commands -> commands.xread(args, XReadArgs.StreamOffset.from(Keys.EVENTS, position)));
        List<JobEvent> events = new ArrayList<>();
        for (StreamMessage<String, byte[]> message : messages) {
            Map<String, String> fields = Reply.fields(message.getBody());
            try {
                String id = message.getId();
                events.add(new JobEvent(
                        id,
                        Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-')))),
                        fields.getOrDefault("type", ""),
                        new JobId(fields.getOrDefault("job", "")),
                        fields));
            } catch (TranscodeException e) {
                // A stranger's entry: not ours to judge.
            }
        }
        return events;
    }

    @Override
    public void close() {
        redis.close();
    }
}
