package dev.transcode.queue.redis;

import dev.transcode.job.Failure;
import dev.transcode.job.JobFields;
import dev.transcode.queue.EndWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ARGV of a script, in its order. */
final class Args {
    private final List<byte[]> values = new ArrayList<>();

    static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    Args add(String value) {
        values.add(bytes(value));
        return this;
    }

    Args add(byte[] value) {
        values.add(value);
        return this;
    }

    Args add(long value) {
        return add(Long.toString(value));
    }

    Args add(boolean value) {
        return add(value ? "1" : "0");
    }

    /** In milliseconds. */
    Args add(Duration value) {
        return add(value.toMillis());
    }

    /** Names and values, flat. */
    Args add(Map<String, String> fields) {
        fields.forEach((name, value) -> add(name).add(value));
        return this;
    }

    /** As the status holds it. */
    Args add(Failure failure) {
        return add(JobFields.ERROR)
                .add(failure.message())
                .add(JobFields.ERROR_CODE)
                .add(failure.code().wire())
                .add(JobFields.HINT)
                .add(failure.hint());
    }

    /** Four values: event id or empty, url, trusted, body. */
    Args add(Optional<EndWebhook.Call> call) {
        return add(call.map(EndWebhook.Call::eventId).orElse(""))
                .add(call.map(EndWebhook.Call::url).orElse(""))
                .add(call.map(EndWebhook.Call::trusted).orElse(false))
                .add(call.map(EndWebhook.Call::body).orElse(""));
    }

    byte[][] toArray() {
        return values.toArray(byte[][]::new);
    }
}
