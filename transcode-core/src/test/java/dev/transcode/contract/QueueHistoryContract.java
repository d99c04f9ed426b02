package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.Claim;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold over many jobs and workers: no job is lost, none has two owners, attempts are bounded. */
public abstract class QueueHistoryContract extends QueueContract {
    private static final int JOBS = 500;
    private static final int THREADS = 8;
    private static final int STEPS = 400;

    @Test
    void manyWorkersAtOnceRunEachJobOnce() throws Exception {
        for (int i = 0; i < JOBS; i++) {
            push("job" + i);
        }
        Map<JobId, Integer> runs = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                JobQueue own = backend.worker("thread" + i, List.of(Q));
                results.add(threads.submit((Callable<Integer>) () -> runAll(own, runs)));
            }
            int sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            assertThat(sum).isEqualTo(JOBS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs).hasSize(JOBS).containsValue(1).doesNotContainValue(2);
        assertThat(depth().waiting() + depth().running()).isZero();
    }

    private static int runAll(JobQueue own, Map<JobId, Integer> runs) {
        int count = 0;
        Optional<Taken> taken = own.take(Duration.ofMillis(20));
        while (taken.isPresent()) {
            JobId id = JobJson.readId(taken.get().payload().text()).orElseThrow();
            Lease lease = owned(own.claim(taken.get(), id));
            runs.merge(id, 1, Integer::sum);
            assertThat(own.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
            count++;
            taken = own.take(Duration.ofMillis(20));
        }
        return count;
    }

    /** One worker after another does something at random; then the live ones work until all is done. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whateverHappensEveryJobEndsAndHasOneOwner(long seed) {
        new History(new Random(seed)).run();
    }

    /** A run of random operations, and what must be true after each. */
    private final class History {
        private final Random random;
        private final List<JobQueue> workers = new ArrayList<>();
        private final Map<JobQueue, List<Lease>> held = new HashMap<>();
        private final Map<JobId, Lease> newest = new HashMap<>();
        private final List<String> ids = new ArrayList<>();
        private long lastFence;

        History(Random random) {
            this.random = random;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            for (int i = 0; i < 50 && !allEnded(); i++) {
                recoverAll();
                JobQueue last = worker("last" + i);
                for (Optional<Taken> taken = last.take(Duration.ZERO);
                        taken.isPresent();
                        taken = last.take(Duration.ZERO)) {
                    own(last, taken.get()).ifPresent(lease -> last.finish(lease, COMPLETE));
                }
            }
            for (String id : ids) {
                assertThat(state(id).ended()).as(id).isTrue();
            }
            assertThat(depth().waiting() + depth().running() + depth().delayed())
                    .isZero();
        }

        private void step() {
            JobQueue one = workers.isEmpty() || (workers.size() < 4 && random.nextInt(10) == 0)
                    ? worker("r" + random.nextLong())
                    : workers.get(random.nextInt(workers.size()));
            switch (random.nextInt(13)) {
                case 0, 1 -> push(known("job" + ids.size()));
                case 2 -> push(ids.isEmpty() ? known("first") : any(ids));
                case 3, 4, 5 -> one.take(Duration.ZERO).ifPresent(taken -> own(one, taken));
                case 6 -> finish(one, COMPLETE);
                case 7 -> finish(one, retry(FailureCode.RESET));
                case 8 -> finish(one, failed());
                case 9 -> {
                    if (!held.get(one).isEmpty()) {
                        one.release(any(held.get(one)));
                    }
                }
                case 10 -> beatAll(one);
                case 11 -> {
                    if (!ids.isEmpty()) {
                        store.cancel(id(any(ids)));
                    }
                }
                default -> die(one);
            }
        }

        private String known(String id) {
            ids.add(id);
            return id;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private JobQueue worker(String name) {
            JobQueue made = backend.worker(name, List.of(Q));
            workers.add(made);
            held.put(made, new ArrayList<>());
            return made;
        }

        private Optional<Lease> own(JobQueue by, Taken taken) {
            JobId id = JobJson.readId(taken.payload().text()).orElseThrow();
            if (!(by.claim(taken, id) instanceof Claim.Owned owned)) {
                return Optional.empty();
            }
            Lease lease = owned.lease();
            assertThat(lease.fence()).as("fences grow").isGreaterThan(lastFence);
            assertThat(lease.attempt()).as("attempts are bounded").isBetween(1, 7);
            lastFence = lease.fence();
            newest.put(id, lease);
            held.get(by).add(lease);
            return Optional.of(lease);
        }

        private void finish(JobQueue by, Outcome outcome) {
            if (!held.get(by).isEmpty()) {
                Lease lease = any(held.get(by));
                FinishResult result = by.finish(lease, outcome);
                assertThat(result == FinishResult.DONE && !lease.equals(newest.get(lease.id())))
                        .as("an old owner ended %s", lease.id())
                        .isFalse();
            }
        }

        private void beatAll(JobQueue by) {
            for (Lease lease : held.get(by)) {
                Renewal renewal = beat(by, lease);
                assertThat(renewal != Renewal.LOST && !lease.equals(newest.get(lease.id())))
                        .as("two own %s", lease.id())
                        .isFalse();
            }
        }

        /** The worker is gone; what it held is recovered some time. */
        private void die(JobQueue one) {
            if (workers.size() > 1) {
                workers.remove(one);
            }
            if (random.nextInt(8) == 0) {
                recoverAll();
            }
        }

        private void recoverAll() {
            server.passTime(server.lease().multipliedBy(5).dividedBy(4));
            upkeep.round();
            server.makeDue(Q);
            upkeep.round();
        }

        private boolean allEnded() {
            return ids.stream()
                    .map(id -> store.find(id(id)))
                    .allMatch(status -> status.map(JobStatus::state)
                            .filter(state -> state.ended())
                            .isPresent());
        }
    }
}
