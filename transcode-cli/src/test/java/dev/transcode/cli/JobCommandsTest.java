package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code list}, {@code cancel}, {@code retry} and {@code queue}. */
class JobCommandsTest {
    private static final Outcome FAILED =
            new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "cannot read film.mp4: no moov"), Map.of());

    private final TestConnections servers = new TestConnections(Map.of("LYVE_BUCKET", "media"));

    @Test
    void aWaitingJobIsCancelledAtOnceAndARunningOneIsAskedTo() {
        submit("a");
        submit("b");
        Lease running = servers.claim();

        assertThat(servers.run("cancel", "a"))
                .isEqualTo(new CommandRun(0, "job a is running; its worker has been asked to stop it\n", ""));
        assertThat(servers.run("cancel", "b")).isEqualTo(new CommandRun(0, "job b is cancelled\n", ""));
        assertThat(servers.run("cancel", "b").code()).isZero();
        assertThat(servers.run("cancel", "a", "--json").out())
                .isEqualTo("{\n  \"id\": \"a\",\n  \"result\": \"requested\"\n}\n");
        servers.finish(running, new Outcome.Cancelled(Map.of()));
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(state("b")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        submit("a");
        servers.finish(servers.claim(), new Outcome.Complete(List.of(), Map.of()));

        CommandRun run = servers.run("cancel", "a");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error: cannot cancel job a: it has ended: complete [job_ended]");
        assertThat(servers.run("cancel", "a", "--json").out()).contains("\"error_code\": \"job_ended\"");
    }

    @Test
    void aFailedJobIsQueuedAgain() {
        submit("a");
        Lease first = servers.claim();
        servers.finish(first, FAILED);

        CommandRun run = servers.run("retry", "a");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("job a is queued again\n");
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(servers.claim().payload()).isEqualTo(first.payload());
    }

    @Test
    void whatIsInNoStateForARetrySaysWhy() {
        submit("a");

        assertThat(servers.run("retry", "a").err())
                .contains("cannot retry job a: it is waiting or running [job_not_ended]");
        servers.finish(servers.claim(), new Outcome.Complete(List.of(), Map.of()));
        CommandRun run = servers.run("retry", "a", "--json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("\"error_code\": \"job_complete\"", "Submit it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "retry", "status"})
    void anUnknownJobEndsWithFive(String command) {
        CommandRun run = servers.run(command, "nobody");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("job nobody: no such job is known [job_not_found]", "hint: ");
        assertThat(servers.run(command, "no body").code()).isEqualTo(2);
        assertThat(servers.run(command).code()).isEqualTo(2);
    }

    @Test
    void theListIsNewestFirstAndAlignedAndHasPages() {
        submit("a");
        submit("second");
        submit("c");
        servers.beat(servers.claim(), Map.of("progress", "41.6", "stage", "encode"));
        servers.finish(servers.claim(), FAILED);

        CommandRun run = servers.run("list");

        assertThat(run.code()).isZero();
        assertThat(run.out().replaceAll(" \\d+ d  ", " N d  ")).isEqualTo("""
                        id      status      done    age  source or error
                        c       queued       0 %  N d  media/in/film.mp4
                        second  failed            N d  cannot read film.mp4: no moov
                        a       processing  42 %  N d  media/in/film.mp4
                        """);
        assertThat(servers.run("list", "--status", "failed").out())
                .contains("second")
                .doesNotContain("queued");
        CommandRun page = servers.run("list", "--page=1", "--size=2");
        assertThat(page.out()).contains("a  ").doesNotContain("second");
        assertThat(servers.run("list", "--size=2").err()).isEqualTo("More: --page 1\n");
    }

    @Test
    void theListAsJsonHasTheJobsAndThePage() {
        assertThat(servers.run("list", "--json").out())
                .isEqualTo("{\n  \"jobs\": [],\n  \"page\": 0,\n  \"size\": 20\n}\n");
        assertThat(servers.run("list").err()).isEqualTo("no jobs\n");
        submit("a");

        assertThat(servers.run("list", "--json", "--status=QUEUED").out())
                .contains("\"id\": \"a\"", "\"status\": \"queued\"", "\"source\": \"media/in/film.mp4\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--size=0", "--size=1001", "--page=-1", "--status=done", "--page=x"})
    void aWrongPageIsAUsageError(String option) {
        assertThat(servers.run("list", option).code()).isEqualTo(2);
    }

    @Test
    void theQueueTellsHowManyStandWhere() {
        submit("a");
        submit("b");
        submit("c");
        servers.claim();
        servers.finish(servers.claim(), FAILED);
        servers.queue.push("transcode_jobs", Payload.of("no json"));
        bury();

        CommandRun run = servers.run("queue", "--queue", "transcode_jobs,other");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                        queue           waiting  running  delayed  dead  malformed  workers  oldest
                        transcode_jobs        0        2        0     1          1        1       -
                        other                 0        0        0     0          0        0       -
                        """);
    }

    @Test
    void theQueueAsJsonHasNumbers() {
        submit("a");

        assertThat(servers.run("queue", "--json").out()).isEqualTo("""
                        {
                          "queues": [
                            {
                              "queue": "transcode_jobs",
                              "waiting": 1,
                              "running": 0,
                              "delayed": 0,
                              "dead": 0,
                              "malformed": 0,
                              "workers": 0,
                              "oldest_age_seconds": 0.0
                            }
                          ]
                        }
                        """);
    }

    /** Takes what is left: a job, then what is none. */
    private void bury() {
        servers.claim();
        var worker = servers.queue.worker("worker-1", List.of("transcode_jobs"));
        Taken taken = worker.take(Duration.ZERO).orElseThrow();
        worker.bury(
                taken, Optional.empty(), Failure.of(FailureCode.INVALID_JOB, "cannot read the job: it is not JSON"));
    }

    private JobState state(String id) {
        return servers.queue.store().find(new JobId(id)).orElseThrow().state();
    }

    private void submit(String id) {
        assertThat(servers.run("submit", "--id", id, "--input=in/film.mp4").code())
                .isZero();
    }
}
