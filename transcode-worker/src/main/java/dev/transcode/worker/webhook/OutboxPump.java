package dev.transcode.worker.webhook;

import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.Notifier;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookRetry;
import dev.transcode.notify.WebhookTarget;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.OutboxEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due in the outbox, up to eight webhooks at once, so that a receiver that doesn't answer holds up one
 * thread and not the others. Any number of pumps may run, in any number of processes: an entry is held by the one that
 * took it. Who dies with one leaves it to be taken again; so a webhook is delivered at least once.
 *
 * <p>Thread-safe. {@link #start} once; {@link #close} waits up to five seconds for what is under way. What was cut off then
 * is not noted as a try.
 */
public final class OutboxPump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxPump.class);
    private static final int AT_ONCE = 8;

    /** Well above a delivery's time-out and a slow name server's: nobody else takes an entry that is being delivered. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    /** For what others left; what this process causes is told by {@link #wake}. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Notifier notifier;
    private final Clock clock;
    private final Duration poll;
    private final Duration stop;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(threads("outbox"));
    private final ExecutorService deliverers = Executors.newFixedThreadPool(AT_ONCE, threads("webhook"));
    private boolean away; // the poller's own

    /** @param clock of the times in the delivery log */
    public OutboxPump(Outbox outbox, Notifier notifier, Clock clock) {
        this(outbox, notifier, clock, POLL, STOP);
    }

    /**
     * @param poll between two looks
     * @param stop how long {@link #close} waits
     */
    OutboxPump(Outbox outbox, Notifier notifier, Clock clock, Duration poll, Duration stop) {
        this.outbox = outbox;
        this.notifier = notifier;
        this.clock = clock;
        this.poll = poll;
        this.stop = stop;
    }

    /** Looks for due webhooks from now on: every five seconds, and when told to. */
    public void start() {
        var unused = poller.scheduleWithFixedDelay(this::poll, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There may be a new one: looks at once. Returns at once. */
    public void wake() {
        try {
            poller.execute(this::poll);
        } catch (RejectedExecutionException e) {
            LOG.trace("stopped");
        }
    }

    private void poll() {
        int limit = free.drainPermits();
        int taken = 0;
        try {
            if (limit > 0) {
                for (OutboxEntry entry : outbox.due(limit, HOLD)) {
                    deliverers.execute(() -> deliverAndLookAgain(entry));
                    taken++;
                }
                away = false;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped with webhooks at hand: they are due again after {}", HOLD);
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("cannot look for due webhooks, trying again every {} s: {}", poll.toSeconds(), e.toString());
            }
            away = true;
        } finally {
            free.release(limit - taken);
        }
    }

    private void deliverAndLookAgain(OutboxEntry entry) {
        try {
            deliver(entry);
        } catch (RuntimeException e) {
            LOG.warn("cannot note the delivery of {}, it may be repeated after {}: {}", entry, HOLD, e.toString());
        } finally {
            free.release();
        }
        wake();
    }

    private void deliver(OutboxEntry entry) {
        int number = entry.tries() + 1;
        WebhookEvent event;
        try {
            event = event(entry);
        } catch (IllegalArgumentException e) {
            LOG.warn("cannot deliver {}: {}", entry, e.getMessage());
            outbox.settle(entry, DeliveryLine.unusable(clock.instant(), number, String.valueOf(e.getMessage())));
            return;
        }
        DeliveryResult result = notifier.deliver(event);
        if (Thread.currentThread().isInterrupted() && result.answer() != DeliveryResult.Answer.DELIVERED) {
            return; // stopping; the entry is due again when its hold is over
        }
        Optional<Duration> next = WebhookRetry.delay(result, number, ThreadLocalRandom.current());
        String line = DeliveryLine.of(clock.instant(), number, event.target().toString(), result, next);
        if (result.answer() == DeliveryResult.Answer.DELIVERED) {
            LOG.debug("webhook event={} job={}: {}", event.id(), event.job(), line);
        } else {
            LOG.warn("cannot deliver webhook event={} job={}: {}", event.id(), event.job(), line);
        }
        if (next.isPresent()) {
            outbox.again(entry, next.get(), line);
        } else {
            outbox.settle(entry, line);
        }
    }

    private static WebhookEvent event(OutboxEntry entry) {
        WebhookTarget target;
        try {
            target = WebhookTarget.of(entry.url(), entry.trusted());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its address " + e.getMessage(), e);
        }
        return new WebhookEvent(entry.eventId(), entry.job(), target, entry.body());
    }

    @Override
    public void close() {
        poller.shutdownNow();
        deliverers.shutdown();
        try {
            if (!deliverers.awaitTermination(stop.toMillis(), TimeUnit.MILLISECONDS)) {
                deliverers.shutdownNow();
            }
        } catch (InterruptedException e) {
            deliverers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
