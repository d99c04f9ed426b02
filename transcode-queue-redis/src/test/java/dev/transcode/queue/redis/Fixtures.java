package dev.transcode.queue.redis;

import dev.transcode.job.JobId;
import dev.transcode.queue.Claim;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Submission;
import dev.transcode.queue.Taken;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the tests of this package do over and over. */
final class Fixtures {
    static final String QUEUE = "transcode_jobs";

    private Fixtures() {}

    static Payload payload(String id) {
        return Payload.of("{\"id\":\"" + id + "\",\"input_bucket\":\"in\",\"input_key\":\"a.mp4\"}");
    }

    static Submission submission(String id) {
        return new Submission(new JobId(id), QUEUE, payload(id), Map.of("source", "in/a.mp4"), Optional.empty());
    }

    static Taken take(JobQueue queue) {
        return queue.take(Duration.ofSeconds(5)).orElseThrow();
    }

    static Lease takeAndClaim(JobQueue queue, String id) {
        return ((Claim.Owned) queue.claim(take(queue), new JobId(id))).lease();
    }

    /** A producer or an operator with redis-cli. */
    static final class Cli implements AutoCloseable {
        private final RedisClient client;
        private final StatefulRedisConnection<String, String> connection;
        private final StatefulRedisConnection<String, byte[]> binary;

        Cli(String uri) {
            client = RedisClient.create(uri);
            connection = client.connect();
            binary = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        }

        RedisCommands<String, String> run() {
            return connection.sync();
        }

        RedisCommands<String, byte[]> bytes() {
            return binary.sync();
        }

        @Override
        public void close() {
            connection.close();
            binary.close();
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }
}
