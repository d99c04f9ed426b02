package dev.transcode.storage.s3;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.TransferListener;
import io.minio.Http;
import io.minio.PutObjectAPIArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One upload: a single request up to {@value #SINGLE} bytes, else parts. Either way the store shows the old or the new
 * object, never a part. What was written is then asked for: size and ETag must be what was sent.
 */
final class S3Put {
    private static final int SINGLE = 16 << 20;

    private final S3Calls calls;
    private final S3Stat stat;
    private final ObjectRef object;
    private final Path file;
    private final long bytes;
    private final PutOptions options;
    private final TransferListener listener;
    private final String what;

    private S3Put(
            S3Calls calls,
            S3Stat stat,
            ObjectRef object,
            Path file,
            long bytes,
            PutOptions options,
            TransferListener listener) {
        this.calls = calls;
        this.stat = stat;
        this.object = object;
        this.file = file;
        this.bytes = bytes;
        this.options = options;
        this.listener = listener;
        this.what = "cannot put " + object;
    }

    /** As {@link dev.transcode.storage.Storage#put}. */
    static ObjectInfo run(
            S3Client client,
            S3Stat stat,
            S3Conditions conditions,
            ObjectRef object,
            Path file,
            PutOptions options,
            TransferListener listener,
            Cancellation cancellation) {
        cancellation.throwIfCancelled();
        try (Linked linked = Linked.to(cancellation);
                S3Calls calls = client.open(linked.own())) {
            S3Put put = new S3Put(calls, stat, object, file, Files.size(file), options, listener);
            if (options.condition().isPresent()) {
                return conditions.put(put, options.condition().get());
            }
            return put.confirm(put.bytes <= SINGLE ? put.alone() : S3Multipart.put(client, put));
        } catch (S3Exception e) {
            cancellation.throwIfCancelled();
            throw e.toTranscode();
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            throw FileErrors.of("cannot put " + object, e);
        }
    }

    /** One request, sent once, whatever comes of it; nothing is asked afterwards. */
    static void once(S3Calls calls, S3Stat stat, ObjectRef object, Path file, PutOptions options) throws S3Exception {
        try {
            long bytes = Files.size(file);
            String unused = new S3Put(calls, stat, object, file, bytes, options, TransferListener.NONE)
                    .once(new Http.Headers());
        } catch (IOException e) {
            throw calls.failed("cannot put " + object, e);
        }
    }

    /** One request, sent again as long as that may help; @return the new ETag. */
    private String alone() throws S3Exception {
        return S3Retry.transfer(calls.cancellation()).run(() -> once(new Http.Headers()));
    }

    /**
     * One request, sent once.
     *
     * @param condition headers that hold it; may be empty
     * @return the new ETag
     */
    String once(Http.Headers condition) throws S3Exception {
        try (FileSlice slice = new FileSlice(file, 0, bytes)) {
            Http.Headers headers = Http.Headers.merge(slice.hash(calls.https()), described(), condition);
            String etag = calls.call(
                            what,
                            client -> client.putObject(PutObjectAPIArgs.builder()
                                    .bucket(object.bucket())
                                    .object(object.key())
                                    .file(slice.file(), bytes)
                                    .contentType(options.contentType())
                                    .headers(headers)
                                    .build()))
                    .etag();
            listener.onBytes(bytes, bytes);
            stat.knows(object.bucket());
            return S3Stat.bare(etag);
        } catch (IOException e) {
            throw calls.failed(what, e);
        }
    }

    /** What the store keeps with the object. */
    Http.Headers described() {
        Http.Headers headers = new Http.Headers("Cache-Control", options.cacheControl());
        for (Map.Entry<String, String> entry : options.metadata().entrySet()) {
            headers.put("x-amz-meta-" + entry.getKey(), entry.getValue());
        }
        return headers;
    }

    /**
     * Asks the store what it has now. Where it may not be asked, the answer to the put must do.
     *
     * @param etag from the answer to the put; empty where a store gives none
     */
    ObjectInfo confirm(String etag) throws S3Exception {
        S3Retry retry = S3Retry.question(calls.cancellation());
        while (true) {
            Optional<ObjectInfo> now = stat.ask(calls, object, calls.cancellation());
            if (now.isEmpty()) {
                return new ObjectInfo(bytes, etag, options.metadata());
            }
            ObjectInfo info = now.get();
            if (info.bytes() == bytes && (etag.isEmpty() || info.etag().equals(etag))) {
                return info;
            }
            // Stores that copy to many sites may show the old object for a moment.
            Failure failure = Failure.of(
                    FailureCode.CHECKSUM_MISMATCH,
                    what + " at " + calls.host() + ": sent " + bytes + " bytes with tag " + etag + ", there are "
                            + info.bytes() + " with tag " + info.etag());
            retry.pauseOrThrow(new S3Exception(failure, 200, "", true, null));
        }
    }

    /** What is there now, if it may be asked for. */
    Optional<ObjectInfo> current() throws S3Exception {
        return stat.ask(calls, object, calls.cancellation());
    }

    /** Whether this put made {@code info}; only asked where it may have, and metadata tells one writer from another. */
    boolean made(ObjectInfo info) {
        return !options.metadata().isEmpty()
                && info.bytes() == bytes
                && info.metadata().equals(options.metadata());
    }

    TranscodeException conflict(String found) {
        return new TranscodeException(FailureCode.PUBLISH_CONFLICT, what + ": " + found);
    }

    S3Calls calls() {
        return calls;
    }

    ObjectRef object() {
        return object;
    }

    Path file() {
        return file;
    }

    long bytes() {
        return bytes;
    }

    /** Hears how many bytes have arrived: after each part, or at the end of a single request. */
    TransferListener listener() {
        return listener;
    }

    PutOptions options() {
        return options;
    }

    String what() {
        return what;
    }
}
