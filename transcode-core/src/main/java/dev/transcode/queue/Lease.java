package dev.transcode.queue;

import dev.transcode.job.JobId;

/**
 * The right to work on a job until an instant that heartbeats move on.
 *
 * @param id of the job
 * @param queue name of the list it was taken from
 * @param payload as pushed
 * @param token proves the ownership
 * @param attempt from 1
 * @param generation which run of this id: the fence of the run's first claim, so it grows and never comes again, also
 *     when the job's status was no longer kept
 * @param fence grows with every claim of any job: makes an old holder's writes void
 */
public record Lease(JobId id, String queue, Payload payload, String token, int attempt, long generation, long fence) {}
