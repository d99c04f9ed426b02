package dev.transcode.cli;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a response's body into a new file and breaks off when it gets too long: a length header may be absent or lie. */
final class FileSubscriber implements BodySubscriber<Path> {
    private final Path file;
    private final long maxBytes;
    private final CompletableFuture<Path> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable FileChannel channel;
    private long bytes;

    FileSubscriber(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Path> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            newSubscription.request(Long.MAX_VALUE);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        FileChannel open = channel;
        if (open == null || done.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
                if (bytes > maxBytes) {
                    throw new TooLongException(maxBytes);
                }
                while (buffer.hasRemaining()) {
                    open.write(buffer);
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        close();
        done.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        close();
        done.complete(file);
    }

    private void fail(IOException e) {
        if (subscription != null) {
            subscription.cancel();
        }
        close();
        done.completeExceptionally(e);
    }

    private void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    /** A body was longer than allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long maxBytes) {
            super("it is longer than " + maxBytes + " bytes");
        }
    }
}
