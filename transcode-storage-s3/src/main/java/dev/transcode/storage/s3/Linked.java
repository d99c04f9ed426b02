package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.TranscodeException;

/** A cancellation that fires with the caller's, and that one part of the work can fire to stop the others. */
record Linked(Cancellation own, Cancellation.Registration outer) implements AutoCloseable {
    static Linked to(Cancellation cancellation) {
        Cancellation own = new Cancellation();
        return new Linked(own, cancellation.onCancel(() -> pass(cancellation, own)));
    }

    @Override
    public void close() {
        outer.close();
    }

    private static void pass(Cancellation from, Cancellation to) {
        try {
            from.throwIfCancelled();
        } catch (TranscodeException e) {
            to.cancel(e.failure());
        }
    }
}
