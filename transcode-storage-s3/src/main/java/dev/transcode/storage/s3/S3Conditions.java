package dev.transcode.storage.s3;

import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import io.minio.Http;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts under a condition: what is there is looked at first, then the condition goes with the put (If-None-Match or
 * If-Match, https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html), always as one request. A
 * store that ignores conditions is so still asked, and one that refuses them is from then on only asked: there, two
 * processes that put within the same moment can both win. Thread-safe; threads of one process never both win.
 *
 * <p>Ceph's gateway (seen with 16.2) compares If-Match with its tag as it is written, quotes included, and has none: a
 * condition that fails although the object is unchanged is sent once more without them.
 */
final class S3Conditions {
    private static final Logger log = LoggerFactory.getLogger(S3Conditions.class);
    private static final Set<Integer> CONFLICT = Set.of(404, 409, 412);

    private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(32).toArray(Lock[]::new);
    private volatile boolean refused;

    ObjectInfo put(S3Put put, PutOptions.Condition condition) throws S3Exception {
        Lock lock = lock(put.object());
        lock.lock();
        try {
            return lookAndPut(put, condition);
        } finally {
            lock.unlock();
        }
    }

    private ObjectInfo lookAndPut(S3Put put, PutOptions.Condition condition) throws S3Exception {
        S3Retry retry = S3Retry.transfer(put.calls().cancellation());
        boolean inDoubt = false;
        boolean with = !refused;
        boolean quoted = true;
        while (true) {
            Optional<ObjectInfo> now = put.current();
            if (!now.map(ObjectInfo::etag).equals(condition.etag())) {
                Optional<ObjectInfo> own = now.filter(put::made);
                if (inDoubt && own.isPresent()) {
                    return own.get(); // The answer to the put was lost, the put was not.
                }
                throw put.conflict(now.isPresent() ? "another object is there now" : "the object is gone");
            }
            try {
                String etag = put.once(with ? headers(condition, quoted) : new Http.Headers());
                if (!with && !refused) {
                    refused = true;
                    log.warn(
                            "{} takes no conditional puts: of two workers that publish to one place at once, the last"
                                    + " wins",
                            put.calls().host());
                }
                return put.confirm(etag);
            } catch (S3Exception e) {
                if (with && isRefusal(e)) {
                    with = false;
                } else if (with && quoted && e.status() == 412 && isUnchanged(put, condition)) {
                    quoted = false;
                } else if (with && CONFLICT.contains(e.status()) && !e.code().equals("NoSuchBucket")) {
                    settle(put, condition, e, inDoubt, retry);
                } else {
                    inDoubt |= e.inDoubt();
                    retry.pauseOrThrow(e);
                }
            }
        }
    }

    /** Whether the object of an If-Match is there as it was. */
    private static boolean isUnchanged(S3Put put, PutOptions.Condition condition) throws S3Exception {
        return condition.etag().isPresent()
                && put.current().map(ObjectInfo::etag).equals(condition.etag());
    }

    /** The store says that the condition does not hold. Returns if it is worth looking once more. */
    private static void settle(S3Put put, PutOptions.Condition condition, S3Exception e, boolean inDoubt, S3Retry retry)
            throws S3Exception {
        if (e.status() == 409) {
            retry.pauseOrThrow(e); // Somebody else puts at this moment.
            return;
        }
        Optional<ObjectInfo> now = put.current();
        if (now.map(ObjectInfo::etag).equals(condition.etag()) || !inDoubt) {
            throw put.conflict("somebody else changed it meanwhile (HTTP " + e.status() + ")");
        }
    }

    /** "Not implemented", in the words of different stores. */
    private static boolean isRefusal(S3Exception e) {
        return e.status() == 501
                || (e.status() == 400
                        && Set.of("", "NotImplemented", "InvalidArgument", "InvalidRequest")
                                .contains(e.code()));
    }

    private static Http.Headers headers(PutOptions.Condition condition, boolean quoted) {
        return condition
                .etag()
                .map(tag -> new Http.Headers("If-Match", quoted ? "\"" + tag + "\"" : tag))
                .orElseGet(() -> new Http.Headers("If-None-Match", "*"));
    }

    private Lock lock(ObjectRef object) {
        return locks[Math.floorMod(object.hashCode(), locks.length)];
    }
}
