package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import io.minio.credentials.StaticProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Connections, threads and time-outs that all requests share. It retries nothing by status (the MinIO client's own loop
 * is left out): {@link S3Retry} is the only loop. OkHttp tries again by itself only where a kept connection turned out
 * to be closed. Redirects are not followed: the signature would not fit. Thread-safe.
 */
final class S3Client implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Without a byte; a whole transfer may take as long as it likes. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Stores put the parts of a large object together before they answer. */
    private static final Duration ASSEMBLY = Duration.ofMinutes(5);

    /** More than 32 uploads and their parts need; a request beyond waits. */
    private static final int REQUESTS = 256;

    private static final int IDLE_CONNECTIONS = 64;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final S3Url url;
    private final StaticProvider credentials;
    private final String host;
    private final OkHttpClient http;
    private final ExecutorService threads;

    S3Client(S3Url url, StaticProvider credentials, String host) {
        this.url = url;
        this.credentials = credentials;
        this.host = host;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), S3Client::thread);
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(REQUESTS);
        dispatcher.setMaxRequestsPerHost(REQUESTS);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 30, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1)) // Parallel ranges shall be parallel connections.
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(S3Client::patient)
                .build();
    }

    /** Requests that end when {@code cancellation} fires. */
    S3Calls open(Cancellation cancellation) {
        return new S3Calls(http, url, credentials, host, threads, cancellation);
    }

    /** The same, each of at most {@code limit} from connecting to the last byte. */
    S3Calls open(Cancellation cancellation, Duration limit) {
        return new S3Calls(limited(limit), url, credentials, host, threads, cancellation);
    }

    /** Reads an answer while it is open. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Response answer) throws IOException;
    }

    /** One request without credentials, sent once. */
    <T> T send(String what, Request request, Duration limit, Reader<T> reader) throws S3Exception {
        try (Response answer = limited(limit).newCall(request).execute()) {
            return reader.read(answer);
        } catch (IOException e) {
            throw S3Errors.of(what, host, e);
        }
    }

    private OkHttpClient limited(Duration limit) {
        return http.newBuilder().callTimeout(limit).build();
    }

    /**
     * Any HTTP answer will do, also a refusal: it shows that the endpoint is there. On a connection of its own: Ceph's
     * gateway (seen with 16.2) answers this HEAD with the end of a chunked body, which the next answer would begin with.
     */
    void knock(okhttp3.HttpUrl endpoint) throws S3Exception {
        Request request = new Request.Builder()
                .url(endpoint)
                .head()
                .header("Connection", "close")
                .build();
        try (Response answer = http.newCall(request).execute()) {
            answer.code();
        } catch (IOException e) {
            throw S3Errors.of("cannot connect", host, e);
        }
    }

    /** Cancels what is under way. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        threads.shutdown();
        http.connectionPool().evictAll();
    }

    private static Response patient(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        boolean assembles = request.method().equals("POST") && request.url().queryParameter("uploadId") != null;
        Interceptor.Chain same =
                assembles ? chain.withReadTimeout((int) ASSEMBLY.toSeconds(), TimeUnit.SECONDS) : chain;
        return same.proceed(request);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "transcode-s3-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
