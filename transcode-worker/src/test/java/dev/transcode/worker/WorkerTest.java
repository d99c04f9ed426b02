package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.CancelResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker on a queue in memory and a folder; the encoder plays back what FFmpeg made once. */
class WorkerTest extends WorkerBench {
    @Test
    void aPushedJobIsDoneAndItsStatusTellsWhatTheContractSays() throws IOException {
        start(Map.of());
        push(job("job_1", "in.mp4"));

        JobStatus status = awaitEnd("job_1");

        assertThat(status.state()).isEqualTo(JobState.COMPLETE);
        assertThat(status.outputs())
                .containsExactly(
                        new JobOutput("36p", "out/job_1/36p.mp4"), new JobOutput("hls", "out/job_1/master.m3u8"));
        assertThat(temp.resolve("films/out/job_1/master.m3u8")).exists();
        assertThat(status.percent()).isEqualTo(100);
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(status.fields())
                .containsEntry(JobFields.SOURCE, "films/in.mp4")
                .containsEntry(JobFields.OUTPUT, "films/out/job_1")
                .containsKeys(
                        JobFields.DOWNLOAD_SPEED,
                        JobFields.UPLOAD_SPEED,
                        JobFields.ENCODE_SPEED,
                        JobFields.CPU_SECONDS,
                        JobFields.PEAK_MEMORY_BYTES,
                        JobFields.INPUT_BYTES,
                        JobFields.OUTPUT_BYTES,
                        JobFields.DURATION,
                        JobFields.LOG);
        assertThat(status.field(JobFields.MEDIA)).isEmpty();
        assertThat(status.field(JobFields.PLAN)).isEmpty();
        assertThat(temp.resolve("films").resolve(status.fields().get(JobFields.REPORT)))
                .exists();
        assertThat(worker.health().reasons()).isEmpty();
        assertThat(files(temp.resolve("work"))).isEmpty();
    }

    @Test
    void whatIsNoJobIsPutAwayAndTheNextOneIsDone() {
        start(Map.of());
        push("this is no JSON");
        push("{\"id\": \"job_bad\", \"input_key\": \"in.mp4\", \"output_bucket\": \"films\"}");
        push("{\"id\": \"job_big\", \"padding\": \"" + "x".repeat(70_000) + "\"}");
        push(job("job_1", "in.mp4"));

        assertThat(awaitEnd("job_1").state()).isEqualTo(JobState.COMPLETE);

        assertThat(status("job_bad").state()).isEqualTo(JobState.FAILED);
        assertThat(status("job_bad").errorCode()).contains("invalid_job");
        assertThat(status("job_bad").error().orElse("")).contains("input_bucket");
        assertThat(status("job_big").error().orElse("")).contains("65536");
        assertThat(backend.store().depths(List.of(QUEUE)).get(0).malformed()).isEqualTo(3);
    }

    @Test
    void aMissingInputFailsAndTheNextJobIsDone() {
        start(Map.of());
        push(job("job_1", "nowhere.mp4"));
        push(job("job_2", "in.mp4"));

        JobStatus failed = awaitEnd("job_1");
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.errorCode()).contains("input_not_found");
        assertThat(failed.fields()).containsKeys(JobFields.HINT, JobFields.LOG);
        assertThat(awaitEnd("job_2").state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void aCancelledJobStopsAndNothingOfItIsLeft() throws IOException {
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);
        await().until(() -> status("job_1").field(JobFields.PLAN).isPresent());

        assertThat(backend.store().cancel(new JobId("job_1"))).isEqualTo(CancelResult.REQUESTED);

        JobStatus status = awaitEnd("job_1");
        assertThat(status.state()).isEqualTo(JobState.CANCELLED);
        assertThat(status.field(JobFields.MEDIA)).get().asString().contains("\"container\":\"");
        assertThat(status.field(JobFields.PLAN))
                .get()
                .asString()
                .contains("\"name\":\"36p\"")
                .doesNotContain("command");
        assertThat(files(temp.resolve("films"))).containsExactly("in.mp4");
        assertThat(files(temp.resolve("work"))).isEmpty();
    }

    @Test
    void aStoppedWorkerGivesItsJobBackAndTheAttemptDoesNotCount() {
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        worker.close();

        assertThat(status("job_1").state()).isEqualTo(JobState.QUEUED);
        assertThat(status("job_1").attempt()).isZero();
        assertThat(backend.store().depths(List.of(QUEUE)).get(0).waiting()).isEqualTo(1);

        encoder.open();
        start(Map.of());
        assertThat(awaitEnd("job_1").attempt()).isEqualTo(1);
        assertThat(status("job_1").state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void aDrainedWorkerFinishesItsJobAndTakesNoOther() {
        encoder.hold();
        start(Map.of("TRANSCODE_STOP", "drain"));
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);
        push(job("job_2", "in.mp4"));

        worker.stop();
        assertThat(worker.health().reasons()).contains("the worker stops");
        encoder.open();
        worker.close();

        assertThat(status("job_1").state()).isEqualTo(JobState.COMPLETE);
        assertThat(backend.store().depths(List.of(QUEUE)).get(0).waiting()).isEqualTo(1);
    }

    @Test
    void aDrainThatTakesTooLongGivesBack() {
        encoder.hold();
        start(Map.of("TRANSCODE_STOP", "drain", "TRANSCODE_DRAIN", "200ms"));
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        worker.close();

        assertThat(status("job_1").state()).isEqualTo(JobState.QUEUED);
        assertThat(status("job_1").attempt()).isZero();
    }

    @Test
    void asManyJobsRunAtOnceAsThereAreSlots() {
        encoder.hold();
        start(Map.of("TRANSCODE_CONCURRENCY", "3"));
        for (int i = 1; i <= 5; i++) {
            push(job("job_" + i, "in.mp4"));
        }

        encoder.awaitBegun(3);
        assertThat(backend.store().depths(List.of(QUEUE)).get(0).waiting()).isEqualTo(2);
        assertThat(backend.store().depths(List.of(QUEUE)).get(0).running()).isEqualTo(3);
        encoder.open();

        for (int i = 1; i <= 5; i++) {
            assertThat(awaitEnd("job_" + i).state()).isEqualTo(JobState.COMPLETE);
        }
    }

    @Test
    void aLeaseOutlivesItsLengthWhileTheJobRuns() {
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        await().pollDelay(LEASE.multipliedBy(2)).until(() -> true); // The subject is time: two leases long.
        backend.upkeep(List.of(QUEUE)).round();
        encoder.open();

        assertThat(awaitEnd("job_1").attempt()).isEqualTo(1);
    }
}
