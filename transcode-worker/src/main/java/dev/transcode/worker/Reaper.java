package dev.transcode.worker;

import dev.transcode.queue.QueueUpkeep;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers what dead workers held, and moves on what is due, every sixth of a lease. For one thread. */
final class Reaper implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Reaper.class);
    private static final double JITTER = 0.2;

    private final QueueUpkeep upkeep;
    private final QueueLink link;
    private final Duration period;
    private final RandomGenerator random;
    private final StopSignal stop;

    Reaper(QueueUpkeep upkeep, QueueLink link, Duration lease, RandomGenerator random, StopSignal stop) {
        this.upkeep = upkeep;
        this.link = link;
        this.period = lease.dividedBy(6);
        this.random = random;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!stop.await(jittered())) {
            try {
                QueueUpkeep.Round round = upkeep.round();
                if (!round.equals(QueueUpkeep.Round.NOTHING)) {
                    log.info("Recovered: {}", round);
                }
            } catch (RuntimeException e) {
                link.failed("look after the queue", e);
            }
        }
    }

    private Duration jittered() {
        return Duration.ofNanos((long) (period.toNanos() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
