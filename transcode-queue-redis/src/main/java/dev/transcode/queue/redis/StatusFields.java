package dev.transcode.queue.redis;

import dev.transcode.job.JobId;
import io.lettuce.core.KeyValue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads single fields of a job's status. */
final class StatusFields {
    private StatusFields() {}

    /** Those of the named that are there; none if the key holds no status. */
    static Map<String, String> read(Redis redis, JobId id, String... names) {
        return redis.call(
                "read the status of job=" + id,
                commands -> commands.type(Keys.job(id)).thenCompose(type -> {
                    if (!type.equals("hash")) {
                        return CompletableFuture.completedFuture(Map.<String, String>of());
                    }
                    return commands.hmget(Keys.job(id), names).thenApply(StatusFields::present);
                }));
    }

    private static Map<String, String> present(Iterable<KeyValue<String, byte[]>> values) {
        Map<String, String> fields = new HashMap<>();
        for (KeyValue<String, byte[]> value : values) {
            if (value.hasValue()) {
                fields.put(value.getKey(), Reply.text(value.getValue()));
            }
        }
        return fields;
    }

    /** 0 if the field is missing or holds no number. */
    static long number(Map<String, String> fields, String name) {
        try {
            return Long.parseLong(fields.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
