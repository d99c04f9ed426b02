package dev.transcode.storage.s3;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.TransferListener;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One download. The first request asks for the first range and learns size and ETag from the answer, so a small object
 * costs one request and no permission but GetObject is needed; the other ranges follow, a few side by side, each on
 * condition of the same ETag. A broken connection goes on after the last byte that arrived.
 */
final class S3Fetch {
    private static final long RANGE = 16L << 20;
    private static final int BUFFER = 64 << 10;

    /** So much since the last failure, and the connection is not what is wrong. */
    private static final long PROGRESS = 1L << 20;

    private final S3Calls calls;
    private final RangeReader reader;
    private final TransferListener listener;
    private final Cancellation stop;
    private final String what;
    private final AtomicLong done = new AtomicLong();

    private S3Fetch(S3Calls calls, ObjectRef object, TransferListener listener) {
        this.calls = calls;
        this.what = "cannot fetch " + object;
        this.reader = new RangeReader(calls, object, what);
        this.listener = listener;
        this.stop = calls.cancellation();
    }

    /** As {@link dev.transcode.storage.Storage#fetch}. */
    static Path run(
            S3Client client, ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        String what = "cannot fetch " + object;
        Path file;
        try {
            file = Files.createTempFile(directory, "object-", "");
        } catch (IOException e) {
            throw FileErrors.of(what, e);
        }
        boolean whole = false;
        try (Linked linked = Linked.to(cancellation);
                S3Calls calls = client.open(linked.own())) {
            new S3Fetch(calls, object, listener).into(file);
            whole = true;
            return file;
        } catch (S3Exception e) {
            cancellation.throwIfCancelled();
            throw missingOrDenied(object, e);
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            throw FileErrors.of(what, e);
        } finally {
            if (!whole) {
                remove(file);
            }
        }
    }

    private void into(Path file) throws S3Exception, IOException {
        RangeReader.Body first = S3Retry.transfer(stop).run(() -> reader.openFirst(RANGE));
        long total = first.version().bytes();
        // A server that ignores ranges would send the whole object for each.
        boolean ranges = first.stream().headers().get("Content-Range") != null;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            preset(channel, total);
            listener.onBytes(0, total);
            if (!ranges || total <= RANGE) {
                range(channel, 0, total, first);
            } else {
                int count = Math.toIntExact((total + RANGE - 1) / RANGE);
                SideBySide.run(
                        calls.threads(),
                        count,
                        stop,
                        i -> range(channel, i * RANGE, Math.min(total, (i + 1) * RANGE), i == 0 ? first : null));
            }
        } finally {
            RangeReader.quietly(first);
        }
        long bytes = Files.size(file);
        if (bytes != total || done.get() != total) {
            throw new TranscodeException(
                    FailureCode.CHECKSUM_MISMATCH,
                    what + ": " + done.get() + " bytes arrived, " + bytes + " were written, it has " + total);
        }
    }

    /** Reads bytes {@code from} to {@code to}, on as many connections as that takes. */
    private void range(FileChannel channel, long from, long to, RangeReader.@Nullable Body opened) throws S3Exception {
        S3Retry retry = S3Retry.transfer(stop);
        byte[] buffer = new byte[BUFFER];
        RangeReader.Body first = opened;
        long at = from;
        while (at < to) {
            long before = at;
            S3Exception failure = null;
            try {
                RangeReader.Body body = first != null ? first : reader.open(at, to);
                first = null;
                try {
                    skip(body, at);
                    while (at < to) {
                        at += copy(body, channel, at, to, buffer);
                    }
                } catch (IOException e) {
                    failure = calls.failed(what, e);
                } finally {
                    RangeReader.quietly(body);
                }
            } catch (S3Exception e) {
                failure = e;
            }
            if (at - before >= PROGRESS) {
                retry.progress();
            }
            if (failure != null) {
                retry.pauseOrThrow(failure);
            }
        }
    }

    /** A server without ranges begins at the beginning each time. */
    private static void skip(RangeReader.Body body, long to) throws IOException {
        if (body.from() > to) {
            throw new EOFException("the answer begins at byte " + body.from() + " instead of " + to);
        }
        body.stream().skipNBytes(to - body.from());
    }

    private int copy(RangeReader.Body body, FileChannel channel, long at, long to, byte[] buffer) throws IOException {
        stop.throwIfCancelled();
        int read = body.stream().read(buffer, 0, (int) Math.min(buffer.length, to - at));
        if (read < 0) {
            throw new EOFException("the answer ended " + (to - at) + " bytes early");
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        try {
            for (long position = at; bytes.hasRemaining(); ) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            stop.throwIfCancelled();
            throw FileErrors.of(what, e);
        }
        listener.onBytes(done.addAndGet(read), body.version().bytes());
        return read;
    }

    /** Gives the file its size, so that ranges can be written in any order. */
    private static void preset(FileChannel channel, long bytes) throws IOException {
        if (bytes > 0) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
    }

    static TranscodeException missingOrDenied(ObjectRef object, S3Exception e) {
        boolean denied = e.status() == 403 && !S3Errors.refusesCredentials(e);
        if (!denied && e.failure().code() != FailureCode.INPUT_NOT_FOUND) {
            return e.toTranscode();
        }
        return e.toTranscode(Failure.of(
                FailureCode.INPUT_NOT_FOUND,
                e.getMessage() + ": " + object + " is missing, or these credentials may not read it"));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The work folder goes as a whole.
        }
    }
}
