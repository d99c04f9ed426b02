package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file put in parts, a few side by side, each read from the file while it is sent. What fails or is cancelled is
 * aborted, so that no parts stay behind to be paid for; only a process that dies leaves some (docs/storage.md).
 */
final class S3Multipart {
    private static final Logger log = LoggerFactory.getLogger(S3Multipart.class);

    /** At least 5 MiB by the protocol; {@link #MAX_PARTS} of them are 156 GiB. */
    private static final long PART = 16L << 20;

    private static final int MAX_PARTS = 10_000;

    private final S3Put put;
    private final S3Calls calls;
    private final ObjectRef object;
    private final String uploadId;
    private final long partBytes;
    private final Part[] parts;
    private final AtomicLong sent = new AtomicLong();

    private S3Multipart(S3Put put, String uploadId) {
        this.put = put;
        this.calls = put.calls();
        this.object = put.object();
        this.uploadId = uploadId;
        this.partBytes = partBytes(put.bytes());
        this.parts = new Part[Math.toIntExact((put.bytes() + partBytes - 1) / partBytes)];
    }

    /** @return the new ETag; empty where the store tells none */
    static String put(S3Client client, S3Put put) throws S3Exception {
        S3Multipart upload = new S3Multipart(put, begin(put));
        boolean done = false;
        try {
            SideBySide.run(upload.calls.threads(), upload.parts.length, upload.calls.cancellation(), upload::send);
            String etag = upload.complete();
            done = true;
            return etag;
        } finally {
            if (!done) {
                upload.abort(client);
            }
        }
    }

    static long partBytes(long bytes) {
        long least = (bytes + MAX_PARTS - 1) / MAX_PARTS;
        long mebibyte = 1L << 20;
        return Math.max(PART, (least + mebibyte - 1) / mebibyte * mebibyte);
    }

    private static String begin(S3Put put) throws S3Exception {
        Http.Headers headers = put.described();
        headers.put(Http.Headers.CONTENT_TYPE, put.options().contentType());
        return S3Retry.transfer(put.calls().cancellation())
                .run(() -> put.calls()
                        .call(
                                put.what(),
                                client -> client.createMultipartUpload(CreateMultipartUploadArgs.builder()
                                        .bucket(put.object().bucket())
                                        .object(put.object().key())
                                        .headers(headers)
                                        .build()))
                        .result()
                        .uploadId());
    }

    private void send(int index) throws S3Exception {
        long offset = index * partBytes;
        long length = Math.min(partBytes, put.bytes() - offset);
        parts[index] = S3Retry.transfer(calls.cancellation()).run(() -> {
            try (FileSlice slice = new FileSlice(put.file(), offset, length)) {
                Http.Headers hash = slice.hash(calls.https());
                UploadPartArgs args = UploadPartArgs.builder()
                        .bucket(object.bucket())
                        .object(object.key())
                        .uploadId(uploadId)
                        .partNumber(index + 1)
                        .file(slice.file(), length)
                        .headers(hash)
                        .build();
                return calls.call(put.what(), client -> client.uploadPart(args)).part();
            } catch (IOException e) {
                throw calls.failed(put.what(), e);
            }
        });
        put.listener().onBytes(sent.addAndGet(length), put.bytes());
    }

    private String complete() throws S3Exception {
        CompleteMultipartUploadArgs args = CompleteMultipartUploadArgs.builder()
                .bucket(object.bucket())
                .object(object.key())
                .uploadId(uploadId)
                .parts(parts)
                .maxRetries(1)
                .build();
        S3Retry retry = S3Retry.transfer(calls.cancellation());
        boolean inDoubt = false;
        while (true) {
            try {
                String etag = calls.call(put.what(), client -> client.completeMultipartUpload(args))
                        .etag();
                return S3Stat.bare(etag);
            } catch (S3Exception e) {
                if (inDoubt && e.status() == 404 && isDone()) {
                    return ""; // The answer to an earlier try was lost.
                }
                inDoubt |= e.inDoubt();
                retry.pauseOrThrow(e);
            }
        }
    }

    private boolean isDone() throws S3Exception {
        Optional<ObjectInfo> now = put.current();
        return now.filter(info -> info.bytes() == put.bytes() && info.etag().equals(expectedTag()))
                .isPresent();
    }

    /** The MD5 of the parts' MD5s: what AWS and those that follow it give an object put in parts. */
    private String expectedTag() {
        MessageDigest digest = FileSlice.digest("MD5");
        for (Part part : parts) {
            try {
                digest.update(HexFormat.of().parseHex(S3Stat.bare(part.etag())));
            } catch (IllegalArgumentException e) {
                return "unknown"; // Encrypted: the tags are no MD5s.
            }
        }
        return HexFormat.of().formatHex(digest.digest()) + "-" + parts.length;
    }

    /** Also on a thread that was interrupted, and after a cancellation. */
    private void abort(S3Client client) {
        boolean interrupted = Thread.interrupted();
        String what = "cannot abort the upload of " + object;
        Cancellation none = new Cancellation();
        try (S3Calls own = client.open(none)) {
            AbortMultipartUploadArgs args = AbortMultipartUploadArgs.builder()
                    .bucket(object.bucket())
                    .object(object.key())
                    .uploadId(uploadId)
                    .build();
            S3Retry.question(none).run(() -> own.call(what, c -> c.abortMultipartUpload(args)));
        } catch (S3Exception e) {
            if (e.failure().code() != FailureCode.INPUT_NOT_FOUND) {
                log.warn("{}; its parts stay until the bucket's lifecycle rule removes them", e.getMessage());
            }
        } catch (TranscodeException e) {
            log.warn("{}: {}", what, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
