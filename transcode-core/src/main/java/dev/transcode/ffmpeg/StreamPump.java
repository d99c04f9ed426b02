package dev.transcode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one stream of a program on a thread of its own. */
final class StreamPump {
    /** Reads a program's stream, on the pump's thread; what it leaves unread is thrown away. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream in) throws IOException;
    }

    private final InputStream in;
    private final Reader reader;
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    private StreamPump(String name, InputStream in, Reader reader) {
        this.in = in;
        this.reader = reader;
        this.thread = new Thread(this::pump, name);
        this.thread.setDaemon(true);
    }

    static StreamPump start(String name, InputStream in, Reader reader) {
        StreamPump pump = new StreamPump(name, in, reader);
        pump.thread.start();
        return pump;
    }

    /** What the reader threw; a stream that breaks because its program was killed is no failure. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /**
     * Waits for the stream's end, at most {@code patience}: a stranger that inherited the pipe may hold it open.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
    }

    private void pump() {
        try (in) {
            reader.read(in);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The pipe breaks when its program is killed; the exit code tells more than this.
            return;
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
