package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import io.minio.StatObjectArgs;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Asks what an object is. The answer to HEAD has no body, so a refusal does not say whether the object, the bucket or
 * the credentials are wrong; then one GET of a byte does, and it needs no permission but GetObject. Thread-safe.
 */
final class S3Stat {
    private static final String METADATA = "x-amz-meta-";

    /** Buckets that answered; there a 404 means the object. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** HEAD is forbidden here and GET is not: why ask twice. */
    private volatile boolean headDenied;

    /** @return empty if it is missing or may not be asked for */
    Optional<ObjectInfo> ask(S3Calls calls, ObjectRef object, Cancellation cancellation) throws S3Exception {
        return S3Retry.question(cancellation).run(() -> ask(calls, object));
    }

    /** The bucket answered something that only a bucket that exists can answer. */
    void knows(String bucket) {
        known.add(bucket);
    }

    private Optional<ObjectInfo> ask(S3Calls calls, ObjectRef object) throws S3Exception {
        String what = "cannot stat " + object;
        if (headDenied) {
            return askByGet(calls, object, what);
        }
        try {
            Headers headers = calls.call(
                            what,
                            client -> client.statObject(StatObjectArgs.builder()
                                    .bucket(object.bucket())
                                    .object(object.key())
                                    .build()))
                    .headers();
            known.add(object.bucket());
            return Optional.of(info(Long.parseLong(String.valueOf(headers.get("Content-Length"))), headers));
        } catch (S3Exception e) {
            if (e.status() == 404 && known.contains(object.bucket())) {
                return Optional.empty();
            }
            if (e.status() < 300 || e.status() >= 500) {
                throw e;
            }
            Optional<ObjectInfo> found = askByGet(calls, object, what);
            headDenied = headDenied || (e.status() == 403 && found.isPresent());
            return found;
        }
    }

    private Optional<ObjectInfo> askByGet(S3Calls calls, ObjectRef object, String what) throws S3Exception {
        RangeReader reader = new RangeReader(calls, object, what);
        try {
            RangeReader.Body body = reader.openFirst(1);
            RangeReader.quietly(body);
            known.add(object.bucket());
            return Optional.of(info(body.version().bytes(), body.stream().headers()));
        } catch (S3Exception e) {
            if (e.failure().code() == FailureCode.INPUT_NOT_FOUND) {
                known.add(object.bucket());
                return Optional.empty();
            }
            if (e.status() == 403 && !S3Errors.refusesCredentials(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ObjectInfo info(long bytes, Headers headers) {
        Map<String, String> metadata = new HashMap<>();
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(METADATA)) {
                metadata.put(lower.substring(METADATA.length()), String.valueOf(headers.get(name)));
            }
        }
        return new ObjectInfo(bytes, bare(headers.get("ETag")), metadata);
    }

    /** A tag without the quotes, which some answers have and some lack. */
    static String bare(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
