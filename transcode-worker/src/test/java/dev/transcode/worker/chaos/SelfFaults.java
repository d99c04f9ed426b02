package dev.transcode.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * What a worker does to itself at the moments that an outsider hardly ever hits: dies at once, or is stopped for longer
 * than its lease. Thread-safe.
 */
final class SelfFaults {
    private static final int STATUS = 137;

    private final Journal journal;
    private final Random random;
    private final double probability;
    private final Duration lease;

    /** @param probability of each of the two, at each moment */
    SelfFaults(Journal journal, Random random, double probability, Duration lease) {
        this.journal = journal;
        this.random = random;
        this.probability = probability;
        this.lease = lease;
    }

    /** Perhaps does one of them. */
    void perhaps(String moment) {
        double dice = random.nextDouble();
        if (dice < probability) {
            die(moment);
        } else if (dice < 2 * probability) {
            journal.fault("stopped " + moment);
            stop();
        }
    }

    void die(String moment) {
        journal.fault("died " + moment);
        Runtime.getRuntime().halt(STATUS);
    }

    /** A child stops this process and lets it go on; waits until that has happened. */
    private void stop() {
        String seconds = String.format(Locale.ROOT, "%.2f", lease.toMillis() * (1.2 + random.nextDouble()) / 1e3);
        String script = "kill -STOP $PPID; sleep " + seconds + "; kill -CONT $PPID";
        try {
            new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
