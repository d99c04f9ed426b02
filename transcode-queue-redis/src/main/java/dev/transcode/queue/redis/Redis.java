package dev.transcode.queue.redis;

import dev.transcode.queue.QueueUnavailableException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection, made when it is first needed and made again after it has not answered in time. Everything that goes
 * wrong leaves as {@link RedisErrors#sort} names it. Thread-safe.
 */
final class Redis implements AutoCloseable {
    private final RedisServer server;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean closed;

    Redis(RedisServer server) {
        this.server = server;
    }

    /** Runs a script. Its answer consists of {@code byte[]}, {@code Long} and lists of those; a single one is a list too. */
    List<Object> run(String verb, Script script, String[] keys, Args args) {
        return call(verb, redis -> start(redis, script, keys, args));
    }

    /** The same, to be awaited inside {@link #call}. */
    static CompletionStage<List<Object>> start(
            RedisAsyncCommands<String, byte[]> redis, Script script, String[] keys, Args args) {
        byte[][] values = args.toArray();
        CompletionStage<List<Object>> known = redis.evalsha(script.sha1(), ScriptOutputType.MULTI, keys, values);
        return known.exceptionallyCompose(error -> RedisErrors.unwrap(error) instanceof RedisNoScriptException
                ? redis.eval(script.text(), ScriptOutputType.MULTI, keys, values)
                : CompletableFuture.failedFuture(error));
    }

    <T> T call(String verb, Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
        return call(verb, RedisServer.TIMEOUT, command);
    }

    /**
     * Sends commands and waits for their answer; null is one.
     *
     * @param verb for the message when it fails
     */
    <T> T call(String verb, Duration wait, Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
        StatefulRedisConnection<String, byte[]> open = connection();
        try {
            return command.apply(open.async()).toCompletableFuture().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueUnavailableException("cannot " + verb + ": interrupted", e);
        } catch (TimeoutException e) {
            drop(open);
            server.failed();
            throw RedisErrors.sort(verb, e);
        } catch (ExecutionException | RuntimeException e) {
            RuntimeException sorted = RedisErrors.sort(verb, e);
            if (sorted instanceof QueueUnavailableException) {
                server.failed();
            }
            throw sorted;
        }
    }

    void connect() {
        StatefulRedisConnection<String, byte[]> unused = connection();
    }

    /** The server's time. */
    Instant time() {
        List<byte[]> time = call("read the time", commands -> commands.time());
        return Instant.ofEpochSecond(
                Long.parseLong(Reply.text(time.get(0))), Long.parseLong(Reply.text(time.get(1))) * 1_000);
    }

    private synchronized StatefulRedisConnection<String, byte[]> connection() {
        if (closed) {
            throw new IllegalStateException("the connection to Redis is closed");
        }
        if (connection == null) {
            connection = server.connect();
        }
        return connection;
    }

    /** What does not answer may never do so: the next call connects anew. */
    private synchronized void drop(StatefulRedisConnection<String, byte[]> silent) {
        if (connection == silent) {
            connection = null;
        }
        RedisServer.discard(silent);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
