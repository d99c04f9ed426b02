package example;

import dev.transcode.Attempt;
import dev.transcode.JobResult;
import dev.transcode.Transcoder;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.Job;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;

/** Runs one job in this program. Argument: a folder with {@code uploads/film.mp4} in it and a folder {@code site}. */
public final class OneJob {
    private OneJob() {}

    public static void main(String[] args) {
        Storage storage = LocalStorage.of(Path.of(args[0])); // its folders are the buckets: uploads, site
        Transcoder transcoder = Transcoder.builder().storage(storage).build(); // one for all jobs of the program
        Job job = Job.builder()
                .source("uploads", "film.mp4")
                .output("site", "films/1")
                .build();
        Cancellation cancellation = new Cancellation(); // another thread may call its cancel()
        try {
            JobResult result = transcoder.run(
                    job,
                    Attempt.unqueued(Clock.systemUTC(), cancellation),
                    progress -> System.out.printf("%s %.1f %%%n", progress.stage(), progress.percent()));
            result.outputs().forEach(output -> System.out.println(output.profile() + " " + output.key()));
            result.findings().forEach(finding -> System.out.println("note: " + finding));
        } catch (TranscodeException e) {
            Failure failure = e.failure(); // nothing was published; an earlier output plays on
            System.err.println(failure.code().wire() + ": " + failure.message() + " " + failure.hint());
            System.exit(1);
        }
    }
}
