package dev.transcode.storage.s3;

import dev.transcode.internal.Count;
import dev.transcode.job.FailureCode;
import io.minio.DeleteObjectsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.RemoveObjectArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists and deletes: what a job can do without, so a 403 is no failure. Thread-safe. */
final class S3Keys {
    private static final Logger log = LoggerFactory.getLogger(S3Keys.class);

    /** The protocol's limit for one request. */
    private static final int BATCH = 1_000;

    private S3Keys() {}

    /** As {@link dev.transcode.storage.Storage#list}. */
    static List<String> list(S3Calls calls, String bucket, String prefix) throws S3Exception {
        String what = "cannot list " + bucket + "/" + prefix;
        List<String> keys = new ArrayList<>();
        try {
            String from = null;
            do {
                String start = from;
                ListBucketResultV2 page =
                        S3Retry.question(calls.cancellation()).run(() -> page(calls, bucket, prefix, start, what));
                for (Item item : page.contents()) {
                    item.setEncodingType(page.encodingType());
                    keys.add(item.objectName());
                }
                from = page.isTruncated() ? page.nextContinuationToken() : null;
            } while (from != null);
            return keys;
        } catch (S3Exception e) {
            if (isForbidden(e)) {
                log.debug("{}", e.getMessage());
                return List.of();
            }
            throw e;
        }
    }

    /** As {@link dev.transcode.storage.Storage#delete}. */
    static void delete(S3Calls calls, String bucket, Collection<String> keys) throws S3Exception {
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            String what =
                    "cannot delete " + Count.of(batch.size(), "object") + " in " + bucket + ", e.g. " + batch.get(0);
            try {
                S3Retry.question(calls.cancellation()).run(() -> deleteBatch(calls, bucket, batch, what));
            } catch (S3Exception e) {
                if (isForbidden(e)) {
                    log.warn("{}", e.getMessage());
                } else if (e.status() == 501 || e.code().equals("MalformedXML")) {
                    deleteEach(calls, bucket, batch); // No batches here, or a key that XML can't hold.
                } else {
                    throw e;
                }
            }
        }
    }

    private static ListBucketResultV2 page(
            S3Calls calls, String bucket, String prefix, @Nullable String from, String what) throws S3Exception {
        return calls.call(what, client -> {
                    ListObjectsV2Args.Builder args = ListObjectsV2Args.builder()
                            .bucket(bucket)
                            .prefix(prefix)
                            .encodingType("url")
                            .maxKeys(BATCH);
                    if (from != null) {
                        args.continuationToken(from);
                    }
                    return client.listObjectsV2(args.build());
                })
                .result();
    }

    private static boolean deleteBatch(S3Calls calls, String bucket, List<String> keys, String what)
            throws S3Exception {
        List<DeleteRequest.Object> objects = new ArrayList<>();
        keys.forEach(key -> objects.add(new DeleteRequest.Object(key)));
        DeleteResult result = calls.call(
                        what,
                        client -> client.deleteObjects(DeleteObjectsArgs.builder()
                                .bucket(bucket)
                                .objects(objects)
                                .quiet(true)
                                .build()))
                .result();
        for (DeleteResult.Error error : result.errors()) {
            if (!"NoSuchKey".equals(error.code())) {
                log.warn(
                        "cannot delete {}/{} at {}: {}: {}",
                        bucket,
                        error.objectName(),
                        calls.host(),
                        error.code(),
                        error.message());
            }
        }
        return true;
    }

    private static void deleteEach(S3Calls calls, String bucket, List<String> keys) throws S3Exception {
        for (String key : keys) {
            String what = "cannot delete " + bucket + "/" + key;
            try {
                S3Retry.question(calls.cancellation()).run(() -> {
                    calls.call(
                            what,
                            client -> client.removeObject(RemoveObjectArgs.builder()
                                    .bucket(bucket)
                                    .object(key)
                                    .build()));
                    return true;
                });
            } catch (S3Exception e) {
                if (isForbidden(e)) {
                    log.warn("{}", e.getMessage());
                } else if (e.failure().code() != FailureCode.INPUT_NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    private static boolean isForbidden(S3Exception e) {
        return e.status() == 403 && !S3Errors.refusesCredentials(e);
    }
}
