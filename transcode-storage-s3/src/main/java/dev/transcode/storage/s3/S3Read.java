package dev.transcode.storage.s3;

import dev.transcode.internal.BoundedInput;
import dev.transcode.job.Cancellation;
import dev.transcode.storage.ObjectRef;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of an object, streamed: the connection is the caller's until it closes the stream. */
final class S3Read {
    private S3Read() {}

    /** As {@link dev.transcode.storage.Storage#read}. */
    static InputStream open(S3Client client, ObjectRef object, long offset, long length) {
        Cancellation cancellation = new Cancellation();
        S3Calls calls = client.open(cancellation);
        try {
            String what = "cannot read " + object;
            RangeReader reader = new RangeReader(calls, object, what);
            RangeReader.Body body =
                    S3Retry.question(cancellation).run(() -> reader.open(offset, Math.addExact(offset, length)));
            try {
                // A server that ignores ranges sends the whole object.
                body.stream().skipNBytes(offset - body.from());
            } catch (IOException e) {
                RangeReader.quietly(body);
                throw calls.failed(what, e);
            }
            return new Part(new BoundedInput(body.stream(), length), cancellation, calls);
        } catch (S3Exception e) {
            calls.close();
            throw S3Fetch.missingOrDenied(object, e);
        } catch (RuntimeException e) {
            calls.close();
            throw e;
        }
    }

    private static final class Part extends FilterInputStream {
        private final Cancellation cancellation;
        private final S3Calls calls;

        Part(InputStream in, Cancellation cancellation, S3Calls calls) {
            super(in);
            this.cancellation = cancellation;
            this.calls = calls;
        }

        /** What is left of the body is not waited for. */
        @Override
        public void close() {
            cancellation.cancel();
            RangeReader.quietly(in);
            calls.close();
        }
    }
}
