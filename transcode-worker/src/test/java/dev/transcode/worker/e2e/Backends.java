package dev.transcode.worker.e2e;

import static org.awaitility.Awaitility.await;

import dev.transcode.queue.redis.testing.TestRedis;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.TestS3Server;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What workers need around them: a Redis with an append-only file and an S3 server that checks signatures, with a gate
 * that sees each request. For all tests of a class.
 */
final class Backends implements AutoCloseable {
    static final String BUCKET = "jettydata-prod";
    static final Duration LEASE = Duration.ofSeconds(2);

    /** Generous: several builds may share the machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final TestRedis redis = TestRedis.open();
    final Bucket bucket;
    private final TestS3Server s3 = TestS3Server.start(BUCKET);
    private final Gate gate;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    Backends() {
        this(request -> Gate.Action.PASS);
    }

    /** @param rule decides about each request to S3 */
    Backends(Gate.Rule rule) {
        bucket = new Bucket(s3, BUCKET);
        gate = s3.gate(rule);
        client = RedisClient.create(redis.uri());
        commands = client.connect().sync();
    }

    /** The test's own connection to Redis. */
    RedisCommands<String, String> redis() {
        return commands;
    }

    /** The server where the credentials allow GetObject and PutObject, nothing else. */
    URI getAndPutOnly() {
        return s3.getAndPutOnly();
    }

    /** A port of the S3 server where the bucket may stand in the host name, below {@code domain}. */
    Gate virtualHosts(String domain) {
        return s3.virtualHosts(domain);
    }

    /** What the documentation tells users to set, and nothing else. */
    Map<String, String> minimal() {
        Map<String, String> settings = new HashMap<>();
        settings.put("REDIS_URL", redis.uri());
        settings.put("LYVE_ENDPOINT", gate.endpoint().toString());
        settings.put("LYVE_ACCESS_KEY", TestS3Server.ACCESS_KEY);
        settings.put("LYVE_SECRET_KEY", TestS3Server.SECRET_KEY);
        settings.put("LYVE_BUCKET", BUCKET);
        return settings;
    }

    /** {@link #minimal} with a short lease, no health port, and webhooks to this machine allowed. */
    Map<String, String> settings(String... more) {
        Map<String, String> settings = minimal();
        settings.put("TRANSCODE_LEASE", LEASE.toSeconds() + "s");
        settings.put("TRANSCODE_HEALTH_PORT", "0");
        settings.put("TRANSCODE_WEBHOOK_ALLOW_PRIVATE", "true");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** What the gate has seen go by for keys that end so: the method and the key's end tell which. */
    List<Gate.Request> seen(String method, String keyEnd) {
        return gate.seen().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().endsWith(keyEnd))
                .toList();
    }

    Map<String, String> status(String id) {
        return commands.hgetall("job:" + id);
    }

    /** Waits until the job has this status. */
    Map<String, String> awaitStatus(String id, String word) {
        await("job " + id + " is " + word)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> word.equals(status(id).get("status")));
        return status(id);
    }

    /** Waits until the job has ended, and says how. */
    Map<String, String> awaitEnd(String id) {
        await("job " + id + " ends")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(id).containsKey("finished_at"));
        return status(id);
    }

    /** All events so far, oldest first: type, job and what the status said then. */
    List<Map<String, String>> events() {
        List<Map<String, String>> events = new ArrayList<>();
        for (StreamMessage<String, String> message : commands.xrange("transcode:events", Range.unbounded())) {
            events.add(message.getBody());
        }
        return events;
    }

    /** A job's events of one type, oldest first. */
    List<Map<String, String>> events(String type, String id) {
        return events().stream()
                .filter(event ->
                        event.get("type").equals(type) && event.get("job").equals(id))
                .toList();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        redis.close();
        s3.close();
    }
}
