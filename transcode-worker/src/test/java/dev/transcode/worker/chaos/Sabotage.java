package dev.transcode.worker.chaos;

import dev.transcode.job.Failure;
import dev.transcode.job.JobId;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Taken;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Breaks the queue on purpose: the checker has to notice. */
enum Sabotage {
    /** All is as it should be. */
    NONE,
    /** The gate is always open, no worker hears that it lost its lease, and puts have no condition. */
    GATE,
    /** A claim does not look whether somebody has the job. */
    CLAIM,
    /** A worker that pops and keeps nothing: no lease, no payload that others could recover. */
    POP;

    JobQueue apply(JobQueue queue, RedisCommands<String, String> redis) {
        return this == NONE ? queue : new Broken(this, queue, redis);
    }

    private record Broken(Sabotage kind, JobQueue queue, RedisCommands<String, String> redis) implements JobQueue {
        @Override
        public Optional<Taken> take(Duration wait) {
            return queue.take(wait);
        }

        @Override
        public Claim claim(Taken taken, JobId id) {
            if (kind == CLAIM) {
                redis.hdel("job:" + id, "token");
                redis.zrem(taken.queue() + ":leases", id.value());
            }
            Claim claim = queue.claim(taken, id);
            if (kind == POP && claim instanceof Claim.Owned) {
                redis.zrem(taken.queue() + ":leases", id.value());
                redis.hdel(taken.queue() + ":payloads", id.value());
            }
            return claim;
        }

        @Override
        public void bury(Taken taken, Optional<JobId> id, Failure why) {
            queue.bury(taken, id, why);
        }

        @Override
        public List<Renewal> heartbeat(List<Beat> held) {
            List<Renewal> renewals = queue.heartbeat(held);
            return kind == CLAIM
                    ? renewals
                    : renewals.stream().map(renewal -> Renewal.OK).toList();
        }

        @Override
        public Renewal gate(Lease lease) {
            Renewal renewal = queue.gate(lease);
            return kind == CLAIM ? renewal : Renewal.OK;
        }

        @Override
        public FinishResult finish(Lease lease, Outcome outcome) {
            return queue.finish(lease, outcome);
        }

        @Override
        public boolean release(Lease lease) {
            return queue.release(lease);
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
