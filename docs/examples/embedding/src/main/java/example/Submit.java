package example;

import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.Submission;
import dev.transcode.queue.SubmitResult;
import dev.transcode.queue.redis.RedisBackend;
import java.util.Optional;

/** Queues a job for the workers and waits for its end. Argument: the address of Redis. */
public final class Submit {
    private Submit() {}

    public static void main(String[] args) throws InterruptedException {
        try (QueueBackend redis = RedisBackend.builder().uri(args[0]).build()) {
            Job job = Job.builder()
                    .id(new JobId("film-1"))
                    .source("uploads", "film.mp4")
                    .output("site", "films/1")
                    .build();
            Submission submission = Submission.of(
                    job, "transcode_jobs", Payload.of(JobJson.write(job)), Optional.of("upload-1"));
            SubmitResult result = redis.store().submit(submission);
            System.out.println(result.kind() + " " + result.id());

            JobStatus status = redis.store().find(result.id()).orElseThrow();
            while (!status.state().ended()) {
                Thread.sleep(500); // redis.events() tells of each change instead
                status = redis.store().find(result.id()).orElseThrow();
            }
            System.out.println(status.state() + " " + status.outputs() + status.error().orElse(""));
        }
    }
}
