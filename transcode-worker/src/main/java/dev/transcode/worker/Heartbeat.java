package dev.transcode.worker;

import dev.transcode.internal.Count;
import dev.transcode.queue.Beat;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Says every third of a lease that this worker lives and still works on its jobs, in one call for all; news of a job go
 * with it, or with a call between. Also stops jobs that have taken too long. For one thread; the others may be told from
 * any.
 */
final class Heartbeat implements Runnable {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final double JITTER = 0.2;

    /** It goes round several times a lease, whether the queue answers or not; with a short lease at least in this time. */
    private static final Duration HANGS = Duration.ofMinutes(1);

    private final JobQueue queue;
    private final QueueLink link;
    private final Duration period;
    private final Duration hangs;
    private final RandomGenerator random;
    private final List<HeldJob> held = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private volatile long giveBackAt = Long.MAX_VALUE;
    private volatile boolean stopped;
    private volatile boolean begun;
    private volatile long roundAt;

    Heartbeat(JobQueue queue, QueueLink link, Duration lease, RandomGenerator random) {
        this(queue, link, lease, random, lease.multipliedBy(2).compareTo(HANGS) > 0 ? lease.multipliedBy(2) : HANGS);
    }

    /** @param hangs a round that takes longer is one that will not end */
    Heartbeat(JobQueue queue, QueueLink link, Duration lease, RandomGenerator random, Duration hangs) {
        this.queue = queue;
        this.link = link;
        this.period = lease.dividedBy(3);
        this.hangs = hangs;
        this.random = random;
    }

    /** Jobs in this worker's hands. */
    List<HeldJob> held() {
        return held;
    }

    void add(HeldJob job) {
        held.add(job);
        news.release();
    }

    void remove(HeldJob job) {
        held.remove(job);
    }

    /** Stops what still runs after {@code time}, for others to do it. */
    void giveBackAfter(Duration time) {
        giveBackAt = System.nanoTime() + time.toNanos();
        news.release();
    }

    /** Whether its thread goes round, if it has been started: a thread that hangs is alive, and renews nothing. */
    boolean goesRound() {
        return !begun || System.nanoTime() - roundAt < hangs.toNanos();
    }

    void stop() {
        stopped = true;
        news.release();
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!stopped) {
            roundAt = System.nanoTime();
            begun = true;
            boolean regular = System.nanoTime() >= due;
            List<HeldJob> beating = new ArrayList<>();
            for (HeldJob job : held) {
                job.checkLimit();
                if (System.nanoTime() >= giveBackAt) {
                    job.giveBack();
                }
                if (regular || job.hasNews()) {
                    beating.add(job);
                }
            }
            if (regular || !beating.isEmpty()) {
                boolean answered = beat(beating);
                if (regular) {
                    due = System.nanoTime() + (answered ? jittered() : retry()).toNanos();
                }
            }
            sleep(Duration.ofNanos(due - System.nanoTime()));
        }
    }

    /** @return whether the queue answered */
    private boolean beat(List<HeldJob> jobs) {
        List<Beat> beats = new ArrayList<>();
        for (HeldJob job : jobs) {
            beats.add(job.beat());
        }
        long sentAt = System.nanoTime();
        List<Renewal> renewals;
        try {
            renewals = queue.heartbeat(beats);
        } catch (RuntimeException e) {
            link.failed("renew the leases of " + Count.of(jobs.size(), "job"), e);
            return false;
        }
        link.answered();
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).told(beats.get(i));
            jobs.get(i).renewed(renewals.get(i), sentAt);
        }
        return true;
    }

    private Duration jittered() {
        return Duration.ofNanos((long) (period.toNanos() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    private Duration retry() {
        Duration soon = period.dividedBy(5);
        return soon.compareTo(TICK) < 0 ? soon : TICK;
    }

    private void sleep(Duration untilDue) {
        Duration time = held.isEmpty() || untilDue.compareTo(TICK) < 0 ? untilDue : TICK;
        try {
            news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
            news.drainPermits();
        } catch (InterruptedException e) {
            stopped = true; // Nobody interrupts this thread but to end it.
        }
    }
}
