package dev.transcode.cli.serve.api;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** Sends long bodies, and ends those whose receiver takes nothing for a minute. Thread-safe. */
final class Streamer {
    private static final Logger log = LoggerFactory.getLogger(Streamer.class);
    private static final int BUFFER = 64 << 10;
    private static final long STUCK_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<HttpServerExchange, Long> lastWrites = new ConcurrentHashMap<>();

    Streamer(ScheduledExecutorService timer) {
        var unused =
                timer.scheduleWithFixedDelay(this::endStuck, STUCK_NANOS / 4, STUCK_NANOS / 4, TimeUnit.NANOSECONDS);
    }

    /** On a thread that may wait. {@code length} is what the headers have promised. */
    void send(HttpServerExchange exchange, InputStream in, long length) {
        exchange.startBlocking();
        byte[] buffer = new byte[BUFFER];
        long left = length;
        try (OutputStream out = exchange.getOutputStream()) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("the object ended " + left + " bytes early");
                }
                lastWrites.put(exchange, System.nanoTime());
                out.write(buffer, 0, read);
                left -= read;
            }
        } catch (IOException e) {
            // Too late for another answer: the receiver sees a body that is cut short.
            log.debug("cannot send media to the end: {}", e.getMessage());
            IoUtils.safeClose(exchange.getConnection());
        } finally {
            lastWrites.remove(exchange);
        }
    }

    private void endStuck() {
        long now = System.nanoTime();
        lastWrites.forEach((exchange, at) -> {
            if (now - at > STUCK_NANOS) {
                IoUtils.safeClose(exchange.getConnection());
            }
        });
    }
}
