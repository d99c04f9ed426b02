package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.RemoveObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to a store, each sent once and answered within some seconds, with all that the answer says: for people
 * who look for trouble. Nothing is smoothed over: what is forbidden, missing or slow is a
 * {@link dev.transcode.job.TranscodeException} with the store's own words. Thread-safe; lives as long as the
 * {@link S3Storage} it is of.
 */
public final class S3Inspector {
    /** Of each request, from connecting to the last byte. */
    private static final Duration LIMIT = Duration.ofSeconds(6);

    /** Of an answer's body, so much is read. */
    private static final int MAX_BODY = 64 << 10;

    private final S3Client client;
    private final S3Url url;
    private final String region;
    private final S3Stat stat = new S3Stat();

    S3Inspector(S3Client client, S3Url url, String region) {
        this.client = client;
        this.url = url;
        this.region = region;
    }

    /**
     * What a server said.
     *
     * @param headers by their names in lower case; of several of one name the last
     * @param body its first 64 KiB, as UTF-8
     * @param took from the request to the end of the answer
     */
    public record Answer(int status, Map<String, String> headers, String body, Duration took) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** Asks for the bucket without credentials: any answer will do, also a refusal. */
    public Answer knock(String bucket) {
        return plain("cannot connect", "HEAD", bucket, null, Map.of());
    }

    /** What a browser asks before a page of {@code origin} may read an object with a Range header. */
    public Answer preflight(ObjectRef object, String origin) {
        return plain(
                "cannot ask for CORS of " + object,
                "OPTIONS",
                object.bucket(),
                object.key(),
                Map.of(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "range"));
    }

    /** Writes a small object in one request, as a job does. */
    public void put(ObjectRef object, Path file, PutOptions options) {
        boolean unused = signed(calls -> {
            S3Put.once(calls, stat, object, file, options);
            return true;
        });
    }

    /**
     * Reads an object.
     *
     * @param headers sent as well, e.g. {@code Range} or {@code Origin}
     */
    public Answer get(ObjectRef object, Map<String, String> headers) {
        String what = "cannot get " + object;
        return signed(calls -> {
            long start = System.nanoTime();
            GetObjectResponse answer = calls.call(
                    what,
                    minio -> minio.getObject(GetObjectArgs.builder()
                            .bucket(object.bucket())
                            .object(object.key())
                            .extraHeaders(new Http.Headers(headers))
                            .build()));
            try (answer) {
                String body = new String(answer.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
                // The client hands out no status: a range is answered with a Content-Range or not at all.
                int status = answer.headers().get("Content-Range") == null ? 200 : 206;
                return new Answer(status, lower(answer.headers()), body, since(start));
            } catch (IOException e) {
                throw calls.failed(what, e);
            }
        });
    }

    /** Removes one object; that it is forbidden is an error here. */
    public void delete(ObjectRef object) {
        String what = "cannot delete " + object;
        boolean unused = signed(calls -> {
            calls.call(
                    what,
                    minio -> minio.removeObject(RemoveObjectArgs.builder()
                            .bucket(object.bucket())
                            .object(object.key())
                            .build()));
            return true;
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(S3Calls calls) throws S3Exception;
    }

    private <T> T signed(Work<T> work) {
        try (S3Calls calls = client.open(new Cancellation(), LIMIT)) {
            return work.with(calls);
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    private Answer plain(String what, String method, String bucket, @Nullable String key, Map<String, String> headers) {
        long start = System.nanoTime();
        try {
            HttpUrl address = url.buildUrl(Http.Method.GET, bucket, key, region, null);
            Request.Builder request = new Request.Builder().url(address).method(method, null);
            headers.forEach(request::header);
            return client.send(
                    what,
                    request.build(),
                    LIMIT,
                    answer -> new Answer(
                            answer.code(),
                            lower(answer.headers()),
                            answer.peekBody(MAX_BODY).string(),
                            since(start)));
        } catch (MinioException e) {
            throw S3Errors.of(what, url.toString(), e).toTranscode();
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    private static Map<String, String> lower(Headers headers) {
        Map<String, String> lower = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            lower.put(headers.name(i).toLowerCase(Locale.ROOT), headers.value(i));
        }
        return lower;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
