package dev.transcode.worker.chaos;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/** Takes 20 to 100 ms and does what the job's kind says. Which job it is, the worker's log context tells. */
final class ChaosEncoder implements Encoder {
    private final Encoder stub;
    private final SelfFaults faults;
    private final Random random;

    ChaosEncoder(Encoder stub, SelfFaults faults, Random random) {
        this.stub = stub;
        this.faults = faults;
        this.random = random;
    }

    @Override
    public EncodedMedia encode(
            EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation) {
        switch (Kind.of(MDC.get("job"))) {
            case POISON -> faults.die("of poison");
            case BROKEN -> throw new TranscodeException(FailureCode.BAD_INPUT, "cannot encode: broken on purpose");
            case HOPELESS -> throw new TranscodeException(FailureCode.RESET, "cannot encode: hopeless on purpose");
            case FLAKY -> {
                if ("1".equals(MDC.get("attempt"))) {
                    throw new TranscodeException(FailureCode.RESET, "cannot encode: only this time");
                }
            }
            case GOOD -> {}
        }
        work(cancellation);
        return stub.encode(plan, source, directory, listener, cancellation);
    }

    private void work(Cancellation cancellation) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(20, 100));
        while (System.nanoTime() < until) {
            cancellation.throwIfCancelled();
            try {
                TimeUnit.MILLISECONDS.sleep(5); // This is the work.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancellation.throwIfCancelled();
                return;
            }
        }
    }

    @Override
    public void remux(List<Remux> files, Cancellation cancellation) {
        stub.remux(files, cancellation);
    }
}
