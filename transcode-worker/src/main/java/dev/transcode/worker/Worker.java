package dev.transcode.worker;

import dev.transcode.Transcoder;
import dev.transcode.internal.Count;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.Taken;
import dev.transcode.storage.Storage;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Serves queues: takes jobs, runs them and publishes what comes of them, until it is stopped. Any number of workers, in
 * any number of processes, may serve the same queues.
 *
 * <p>Made by {@link #builder}, used once. Thread-safe.
 */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    /** How long a take waits; stopping ends it. */
    private static final Duration TAKE = Duration.ofSeconds(5);

    private final QueueBackend backend;
    private final Storage storage;
    private final Transcoder transcoder;
    private final WorkerConfig config;
    private final String name;
    private final String queueServer;
    private final DiskSpace disk;
    private final OwnTrouble trouble;
    private final WorkerMetrics metrics;
    private final Supplier<OpenTelemetry> telemetry;
    private final Runnable afterStart;
    private final Runnable afterJob;
    private final Duration recheck;

    private final JobQueue queue;
    private final QueueLink link = new QueueLink(System::nanoTime);
    private final Backoff backoff = new Backoff(link);
    private final StopSignal stop = new StopSignal();
    private final Interruptible waiting = new Interruptible();
    private final Heartbeat heartbeat;
    private final Semaphore slots;
    private final ThreadPoolExecutor jobs;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable QueueRefusedException refusal;
    private volatile @Nullable Throwable crash;
    private volatile @Nullable String noRoom;
    private volatile boolean connected;
    private volatile boolean started;

    Worker(WorkerBuilder builder, Storage storage, QueueBackend backend, Transcoder transcoder) {
        this.backend = backend;
        this.storage = storage;
        this.transcoder = transcoder;
        this.config = builder.config;
        this.name = builder.name;
        this.queueServer = builder.queueServer;
        this.disk = new DiskSpace(config.workDirectory());
        List<SelfCheck> checks = new ArrayList<>(builder.checks);
        checks.add(disk);
        this.trouble = new OwnTrouble(checks);
        this.queue = backend.worker(name, config.queues());
        this.heartbeat = new Heartbeat(queue, link, config.lease(), RandomGenerator.getDefault());
        this.telemetry = builder.telemetry;
        this.afterStart = builder.afterStart;
        this.afterJob = builder.afterJob;
        this.recheck = builder.recheck;
        BooleanSupplier ready = builder.ready;
        this.metrics = new WorkerMetrics(
                builder.registry, config.queues(), heartbeat.held(), ready == null ? () -> health().ready() : ready);
        this.slots = new Semaphore(config.concurrency());
        AtomicInteger number = new AtomicInteger();
        this.jobs = new ThreadPoolExecutor(
                config.concurrency(),
                config.concurrency(),
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                task -> thread("transcode-job-" + number.incrementAndGet(), task));
        jobs.allowCoreThreadTimeOut(true);
    }

    public static WorkerBuilder builder() {
        return new WorkerBuilder();
    }

    /**
     * Starts in the background. If the queue is away, the worker waits for it; a work folder that cannot be used is told
     * here.
     *
     * @throws dev.transcode.job.TranscodeException {@code io_error} or {@code disk_full} if the work folder cannot be
     *     written to
     */
    public void start() {
        disk.prepare();
        started = true;
        run("transcode-take", this::serve);
    }

    /**
     * Tells it to stop: no job is taken any more, and those that run are given back or finished, as configured. Returns
     * at once; {@link #await} tells when it is done.
     */
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            boolean drains = config.stop() == WorkerConfig.Stop.DRAIN;
            int running = heartbeat.held().size();
            log.info(
                    "Stopping: {} {} {}",
                    Count.of(running, "running job"),
                    running == 1 ? "is" : "are",
                    drains ? "finished within " + config.drain().toSeconds() + " s" : "given back");
            stop.fire();
            waiting.interrupt();
            heartbeat.giveBackAfter(drains ? config.drain() : Duration.ZERO);
            if (!drains) {
                heartbeat.held().forEach(HeldJob::giveBack);
            }
        }
    }

    /**
     * Waits until it has stopped.
     *
     * @return false if it has not within {@code time}
     * @throws QueueRefusedException if it stopped because the queue refuses it as it is configured
     * @throws IllegalStateException if it stopped because of a fault of its own, which is the cause
     */
    public boolean await(Duration time) throws InterruptedException {
        boolean done = ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        QueueRefusedException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        Throwable fault = crash;
        if (done && fault != null) {
            throw new IllegalStateException("the worker stopped because of a fault of its own: " + fault, fault);
        }
        return done;
    }

    /** Stops it and waits, as long as the configuration may need. */
    @Override
    public void close() {
        if (!started) {
            queue.close();
            return;
        }
        stop();
        try {
            ended.await(config.drain().toSeconds() + 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How it is now. */
    public WorkerHealth health() {
        List<String> reasons = new ArrayList<>();
        if (stopping.get()) {
            reasons.add("the worker stops");
        } else if (!connected) {
            reasons.add("not connected to " + queueServer
                    + link.trouble().map(why -> ": " + why).orElse(""));
        } else {
            link.trouble().ifPresent(why -> reasons.add(queueServer + " does not answer: " + why));
        }
        trouble.reason().ifPresent(reasons::add);
        Optional.ofNullable(noRoom).ifPresent(reasons::add);
        boolean alive;
        synchronized (threads) {
            alive = ended.getCount() > 0 && threads.stream().allMatch(Thread::isAlive) && heartbeat.goesRound();
        }
        return new WorkerHealth(alive, reasons);
    }

    boolean isIdle() {
        return heartbeat.held().isEmpty();
    }

    /** Asks the queue how full it is, for the gauges; without it they have no value. */
    void observeDepths() {
        List<QueueDepth> depths = List.of();
        if (connected && link.trouble().isEmpty()) {
            try {
                depths = backend.store().depths(config.queues());
            } catch (RuntimeException e) {
                log.debug("cannot ask how full the queues are: {}", e.toString());
            }
        }
        metrics.observe(depths);
    }

    private void serve() {
        MDC.put("worker", name);
        try {
            if (connect()) {
                run("transcode-heartbeat", watched(heartbeat));
                Reaper reaper = new Reaper(
                        backend.upkeep(config.queues()), link, config.lease(), RandomGenerator.getDefault(), stop);
                run("transcode-reaper", watched(reaper));
                log.info(
                        "Started, waiting for jobs (queues {}, {} at once, worker {})",
                        String.join(", ", config.queues()),
                        config.concurrency(),
                        name);
                afterStart.run();
                takeUntilStopped();
            }
        } catch (RuntimeException | InterruptedException | Error e) {
            crashed(e);
        } finally {
            end();
        }
    }

    /** @return false if it is not to go on */
    private boolean connect() {
        try {
            backoff.untilAnswered("connect to " + queueServer, this::throwIfStopping, () -> {
                try {
                    queue.heartbeat(List.of());
                } catch (QueueRefusedException e) {
                    refusal = e;
                }
                return true;
            });
        } catch (TranscodeException e) {
            return false;
        }
        connected = refusal == null;
        if (connected) {
            log.info("Connected to {}", queueServer);
        }
        return connected;
    }

    private void takeUntilStopped() throws InterruptedException {
        Intake intake = new Intake(queue, backoff, config.defaults(), config.lease(), System::nanoTime, stop);
        while (!stop.hasFired()) {
            if (!mayTake()) {
                stop.await(recheck);
                trouble.recheck();
                continue;
            }
            if (slots.tryAcquire(1, TimeUnit.SECONDS)) {
                boolean handedOn = false;
                try {
                    handedOn = takeOne(intake);
                } catch (RuntimeException e) {
                    link.failed("take a job", e);
                    stop.await(Duration.ofSeconds(1));
                } finally {
                    if (!handedOn) {
                        slots.release();
                    }
                }
            }
        }
    }

    private boolean mayTake() {
        noRoom = disk.tooLittle().orElse(null);
        return noRoom == null && trouble.reason().isEmpty();
    }

    /** @return whether a job was begun, which then gives the slot back */
    private boolean takeOne(Intake intake) {
        Optional<Taken> taken = waiting.call(() -> queue.take(TAKE)).flatMap(found -> found);
        link.answered();
        if (taken.isEmpty() || stop.hasFired()) {
            return false;
        }
        Optional<HeldJob> accepted = intake.accept(taken.get());
        if (accepted.isEmpty()) {
            return false;
        }
        HeldJob held = accepted.get();
        heartbeat.add(held);
        if (stop.hasFired()) {
            held.giveBack();
        }
        jobs.execute(() -> runJob(held));
        return true;
    }

    private void runJob(HeldJob held) {
        AttemptWatch watch = AttemptWatch.start(telemetry.get(), metrics, held.lease(), System::nanoTime);
        MDC.put("worker", name);
        MDC.put("job", held.lease().id().value());
        MDC.put("attempt", String.valueOf(held.lease().attempt()));
        try {
            log.info("Claimed from {}: {}", held.lease().queue(), held.job().source());
            watch.run(() -> {
                JobAttempt.End end = new JobAttempt(storage, transcoder, disk, queue, backoff, held, watch).run();
                watch.stop(end.failure());
                watch.end(new Ending(queue, backoff, trouble, stop).conclude(held, end), end);
            });
            afterJob.run();
        } catch (RuntimeException e) {
            log.error("The end of this attempt could not be recorded; others will find the job", e);
        } finally {
            watch.close();
            heartbeat.remove(held);
            MDC.clear();
            slots.release();
        }
    }

    private void end() {
        stop.fire();
        stopping.set(true);
        slots.acquireUninterruptibly(config.concurrency());
        heartbeat.stop();
        jobs.shutdown();
        try {
            queue.close();
        } catch (RuntimeException e) {
            log.warn("cannot sign off at {}: {}", queueServer, e.getMessage());
        }
        log.info("Stopped");
        ended.countDown();
    }

    /** Without one of its threads a worker would hold jobs that nobody keeps alive: it gives them back and ends. */
    private void crashed(Throwable fault) {
        crash = fault;
        log.error("Stopping because of a fault of its own: {}", fault.toString(), fault);
        stop();
    }

    private Runnable watched(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                crashed(e);
            }
        };
    }

    private void throwIfStopping() {
        if (stop.hasFired()) {
            throw new TranscodeException(FailureCode.CANCELLED, "this worker stops");
        }
    }

    private void run(String threadName, Runnable task) {
        Thread thread = thread(threadName, task);
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
    }

    private static Thread thread(String threadName, Runnable task) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        return thread;
    }
}
