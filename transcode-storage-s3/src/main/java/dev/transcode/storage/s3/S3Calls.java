package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import io.minio.MinioAsyncClient;
import io.minio.credentials.StaticProvider;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/**
 * The requests of one operation, all cancelled with it. The MinIO client hands out no call to cancel, so this gives it
 * an HTTP client (shared connections and threads) that tells of each call as it is made. Thread-safe.
 */
final class S3Calls implements AutoCloseable {
    private final MinioAsyncClient client;
    private final String host;
    private final boolean https;
    private final ExecutorService threads;
    private final Cancellation cancellation;
    private final Cancellation.Registration hook;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();

    S3Calls(
            OkHttpClient http,
            S3Url url,
            StaticProvider credentials,
            String host,
            ExecutorService threads,
            Cancellation cancellation) {
        this.host = host;
        this.https = url.isHttps();
        this.threads = threads;
        this.cancellation = cancellation;
        this.client = MinioAsyncClient.builder()
                .baseUrl(url)
                .credentialsProvider(credentials)
                .httpClient(http.newBuilder().eventListenerFactory(this::begin).build())
                .build();
        this.hook = cancellation.onCancel(this::cancelOpen);
    }

    /** Makes a request; it may throw at once, or complete later. */
    @FunctionalInterface
    interface Request<T> {
        CompletableFuture<T> send(MinioAsyncClient client) throws Exception;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param what verb and object, e.g. {@code cannot put out/720p.mp4}
     * @throws TranscodeException the cancellation's reason, also if this thread is interrupted
     */
    <T> T call(String what, Request<T> request) throws S3Exception {
        cancellation.throwIfCancelled();
        try {
            return request.send(client).get();
        } catch (InterruptedException e) {
            cancelOpen();
            Thread.currentThread().interrupt();
            throw new TranscodeException(Failure.of(FailureCode.CANCELLED, what + ": interrupted"), e);
        } catch (ExecutionException e) {
            cancellation.throwIfCancelled();
            throw S3Errors.of(what, host, e);
        } catch (S3Exception | TranscodeException e) {
            throw e;
        } catch (Exception e) {
            cancellation.throwIfCancelled();
            throw S3Errors.of(what, host, e);
        }
    }

    /** Classifies what went wrong outside of {@link #call}, e.g. while a body was read. */
    S3Exception failed(String what, Throwable e) {
        cancellation.throwIfCancelled();
        return S3Errors.of(what, host, e);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** For work that runs side by side. */
    ExecutorService threads() {
        return threads;
    }

    boolean https() {
        return https;
    }

    String host() {
        return host;
    }

    @Override
    public void close() {
        hook.close();
    }

    private EventListener begin(Call call) {
        open.add(call);
        if (cancellation.isCancelled()) {
            call.cancel(); // The hook may have run just before this call was there.
        }
        return new EventListener() {
            @Override
            public void callEnd(Call ended) {
                open.remove(ended);
            }

            @Override
            public void callFailed(Call failed, IOException e) {
                open.remove(failed);
            }
        };
    }

    private void cancelOpen() {
        open.forEach(Call::cancel);
    }
}
