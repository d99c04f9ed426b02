package dev.transcode.storage.s3;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.storage.ObjectRef;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Opens ranges of one object, all of the same version of it. Thread-safe once the version is known. */
final class RangeReader {
    /** RFC 9110, 14.4. */
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private static final int NOT_SATISFIABLE = 416;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Calls calls;
    private final ObjectRef object;
    private final String what;
    private @Nullable Version version;

    RangeReader(S3Calls calls, ObjectRef object, String what) {
        this.calls = calls;
        this.object = object;
        this.what = what;
    }

    /**
     * @param bytes size of the whole object
     * @param etag as the server writes it, with quotes; may be empty
     */
    record Version(long bytes, String etag) {}

    /**
     * A body under way.
     *
     * @param from where in the object its first byte stands
     */
    record Body(GetObjectResponse stream, long from, Version version) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** The first request, from which the version becomes known; at most {@code length} bytes. */
    Body openFirst(long length) throws S3Exception {
        Body first;
        try {
            first = open(0, length);
        } catch (S3Exception e) {
            if (e.status() != NOT_SATISFIABLE) {
                throw e;
            }
            first = open(0, 0); // An empty object has no range at all.
        }
        version = first.version();
        return first;
    }

    /**
     * Bytes {@code from} to {@code to}, or more: a server may send the whole object instead.
     *
     * @param to exclusive; at most {@code from} = ask for no range
     * @throws S3Exception {@code checksum_mismatch} if it is not the version of {@link #openFirst} any more
     */
    Body open(long from, long to) throws S3Exception {
        Version known = version;
        GetObjectResponse answer;
        try {
            answer = calls.call(what, client -> client.getObject(args(from, to, known)));
        } catch (S3Exception e) {
            throw e.status() == PRECONDITION_FAILED ? changed("") : e;
        }
        try {
            Body body = read(answer);
            if (known != null && !known.equals(body.version())) {
                throw changed(": " + known + " became " + body.version());
            }
            return body;
        } catch (S3Exception e) {
            quietly(answer);
            throw e;
        }
    }

    private GetObjectArgs args(long from, long to, @Nullable Version known) {
        GetObjectArgs.Builder args =
                GetObjectArgs.builder().bucket(object.bucket()).object(object.key());
        if (to > from) {
            args.offset(from).length(to - from);
        }
        if (known != null && known.etag().startsWith("\"")) {
            args.matchETag(known.etag());
        }
        return args.build();
    }

    private Body read(GetObjectResponse answer) throws S3Exception {
        Headers headers = answer.headers();
        String etag = String.valueOf(headers.get("ETag") == null ? "" : headers.get("ETag"));
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(headers.get("Content-Range")));
        if (range.matches()) {
            return new Body(answer, Long.parseLong(range.group(1)), new Version(Long.parseLong(range.group(3)), etag));
        }
        OptionalLong length = length(headers);
        if (length.isEmpty()) {
            throw new S3Exception(
                    Failure.of(FailureCode.IO_ERROR, what + " at " + calls.host() + ": it does not tell the size"),
                    0,
                    "",
                    false,
                    null);
        }
        return new Body(answer, 0, new Version(length.getAsLong(), etag));
    }

    private static OptionalLong length(Headers headers) {
        String length = headers.get("Content-Length");
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private S3Exception changed(String how) {
        Failure failure = Failure.of(FailureCode.CHECKSUM_MISMATCH, what + ": it changed while it was read" + how);
        return new S3Exception(failure, PRECONDITION_FAILED, "", false, null);
    }

    static void quietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // Nothing more is read from it.
        }
    }
}
