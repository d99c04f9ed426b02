package dev.transcode.worker;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks the queue again and again, more and more slowly, until it answers. What is no outage but a mistake of ours is
 * thrown after some tries. Thread-safe.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration MAX = Duration.ofSeconds(2);

    private static final int MAX_UNEXPECTED = 5;

    private final QueueLink link;

    Backoff(QueueLink link) {
        this.link = link;
    }

    /**
     * @param what verb and object, for the log
     * @param giveUp throws if nobody wants the answer any more; called before each try but the first
     */
    <T> T untilAnswered(String what, Runnable giveUp, Supplier<T> question) {
        Duration delay = FIRST;
        int unexpected = 0;
        while (true) {
            try {
                T answer = question.get();
                link.answered();
                return answer;
            } catch (TranscodeException e) {
                throw e;
            } catch (RuntimeException e) {
                link.failed(what, e);
                if (!QueueLink.isOutage(e) && ++unexpected == MAX_UNEXPECTED) {
                    throw e;
                }
            }
            pause(delay, giveUp);
            delay = delay.multipliedBy(2).compareTo(MAX) < 0 ? delay.multipliedBy(2) : MAX;
        }
    }

    private static void pause(Duration delay, Runnable giveUp) {
        giveUp.run();
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TranscodeException(FailureCode.CANCELLED, "interrupted while waiting for the queue", e);
        }
        giveUp.run();
    }
}
