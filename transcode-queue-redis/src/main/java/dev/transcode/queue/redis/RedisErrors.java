package dev.transcode.queue.redis;

import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Sorts what goes wrong with Redis, once: away for now, refusing as it is configured, or a bug. */
final class RedisErrors {
    /** Redis will serve us later: it loads its data, became a replica, is full, ... */
    private static final Set<String> FOR_NOW = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "OOM",
            "TRYAGAIN",
            "CLUSTERDOWN",
            "NOREPLICAS",
            "MISCONF",
            "BUSY",
            "UNBLOCKED");

    private static final Set<String> CREDENTIALS = Set.of("NOAUTH", "WRONGPASS", "NOPERM");

    /** Redis 6.2 wraps what a command in a script said: {@code ERR Error running script (...): @user_script:7: -OOM ...}. */
    private static final Pattern IN_SCRIPT = Pattern.compile("@user_script: ?\\d+: -?([A-Z]+) .*");

    private RedisErrors() {}

    /**
     * @param verb what was tried, e.g. {@code claim job=x}
     * @return {@link QueueUnavailableException}, {@link QueueRefusedException} or {@link IllegalStateException}
     */
    static RuntimeException sort(String verb, Throwable error) {
        Throwable cause = unwrap(error);
        if (cause instanceof QueueUnavailableException || cause instanceof QueueRefusedException) {
            return (RuntimeException) cause;
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof RedisCommandExecutionException) {
                return said(verb, String.valueOf(t.getMessage()), cause);
            }
            if (t instanceof SSLException) {
                return new QueueRefusedException(
                        "cannot " + verb + ": no TLS with Redis: " + t.getMessage()
                                + "; a private certificate goes into a trust store (-Djavax.net.ssl.trustStore)",
                        cause);
            }
        }
        if (cause instanceof TimeoutException || cause instanceof CancellationException) {
            return new QueueUnavailableException("cannot " + verb + ": Redis did not answer in time", cause);
        }
        if (cause instanceof RedisException || cause instanceof IOException) {
            return new QueueUnavailableException("cannot " + verb + ": " + message(cause), cause);
        }
        return new IllegalStateException("cannot " + verb + ": " + cause, cause);
    }

    private static RuntimeException said(String verb, String message, Throwable cause) {
        String code = code(message);
        if (CREDENTIALS.contains(code)) {
            return new QueueRefusedException(
                    "cannot " + verb + ": Redis refuses the user or password of REDIS_URL: " + message, cause);
        }
        if (FOR_NOW.contains(code)) {
            return new QueueUnavailableException("cannot " + verb + ": Redis says " + message, cause);
        }
        return new IllegalStateException("cannot " + verb + ": Redis says " + message, cause);
    }

    private static String code(String message) {
        Matcher script = IN_SCRIPT.matcher(message);
        if (message.startsWith("ERR ") && script.find()) {
            return script.group(1);
        }
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    /** The first cause with something to say; Lettuce wraps what the socket said, and Netty marks names it has not looked up. */
    private static String message(Throwable error) {
        Throwable last = error;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String own = String.valueOf(error.getMessage());
        String root = String.valueOf(last.getMessage());
        return (own.contains(root) ? own : own + ": " + root).replace("/<unresolved>", "");
    }

    static Throwable unwrap(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
