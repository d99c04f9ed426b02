package dev.transcode.queue.redis;

import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The server as this process sees it: opens connections, and knows since when it has been there without a break.
 * Nothing is connected before the first command. Thread-safe.
 */
final class RedisServer implements AutoCloseable {
    /** For every command that does not block. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisURI uri;
    private final Breaks breaks = new Breaks();
    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;

    RedisServer(RedisURI uri) {
        this.uri = uri;
        uri.setTimeout(TIMEOUT);
    }

    /** Made when it is first needed: it costs some hundred milliseconds, which the first caller may spend beside others. */
    private synchronized RedisClient client() {
        if (client == null) {
            resources = resources();
            client = new AsyncRedisClient(resources, uri);
            client.setOptions(options());
            client.addListener(new RedisConnectionStateAdapter() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                    if (!connection.isClosed()) {
                        breaks.happened();
                    }
                }
            });
        }
        return client;
    }

    private static ClientResources resources() {
        return ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .timer(new QuietTimer())
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline().addFirst(new ReplyLimit());
                    }
                })
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .reconnectDelay(Delay.exponential(50, 1_000, TimeUnit.MILLISECONDS, 2))
                .build();
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // What was on its way when the connection broke fails; the caller knows whether to repeat it.
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(TIMEOUT)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.create())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build();
    }

    /** A connection to a server that can serve us. */
    StatefulRedisConnection<String, byte[]> connect() {
        StatefulRedisConnection<String, byte[]> connection;
        try {
            connection = open();
        } catch (RuntimeException e) {
            breaks.happened();
            throw RedisErrors.sort("connect to Redis", e);
        }
        try {
            ServerInfo info = ServerInfo.of(
                    connection.async().info().toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            info.refusal().ifPresent(sentence -> {
                throw new QueueRefusedException(sentence);
            });
            breaks.serverStarted(info.uptime());
            return connection;
        } catch (InterruptedException e) {
            discard(connection);
            Thread.currentThread().interrupt();
            throw new QueueUnavailableException("cannot connect to Redis: interrupted", e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            discard(connection);
            throw RedisErrors.sort("connect to Redis", e);
        }
    }

    /** Lettuce reports a refused handshake now and then as a connection that was closed: the second try tells which. */
    private StatefulRedisConnection<String, byte[]> open() {
        try {
            return client().connect(CODEC, uri);
        } catch (RedisConnectionException e) {
            if (e.getCause() == null
                    || !String.valueOf(e.getCause().getMessage()).contains("closed prematurely")) {
                throw e;
            }
            return client().connect(CODEC, uri);
        }
    }

    /** Closes a connection without waiting for it: nobody needs it any more, and it may never answer. */
    static void discard(StatefulRedisConnection<String, byte[]> connection) {
        CompletableFuture<Void> unused = connection.closeAsync();
    }

    /** A command failed because the server is away. */
    void failed() {
        breaks.happened();
    }

    /** How long the server has been there without a break, as far as this process knows. */
    Duration steadyFor() {
        return breaks.since();
    }

    @Override
    public synchronized void close() {
        if (client != null && resources != null) {
            client.shutdown(Duration.ZERO, TIMEOUT);
            // The timer was not made by the resources, so they don't stop it.
            Set<Timeout> unused = resources.timer().stop();
            resources.shutdown(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(TIMEOUT.toMillis());
        }
    }
}
