package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobViewTest {
    @Test
    void whatProvesAWorkersOwnershipIsHidden() {
        Map<String, String> publishing =
                Map.of("status", "processing", "token", "0wner", "last_token", "0wner", "gated", "0wner");

        assertThat(JobView.full(JobStatus.of(new JobId("a"), publishing)))
                .hasToString("{\"jobId\":\"a\",\"status\":\"processing\",\"outputs\":[]}");
    }

    @Test
    void whatWasFoundAndDecidedIsJsonAndNothingElse() {
        Map<String, String> running =
                Map.of("status", "processing", "media", "{\"container\":\"mov\"}", "plan", "[\"not ours\"]");

        assertThat(JobView.full(JobStatus.of(new JobId("a"), running)))
                .hasToString("{\"jobId\":\"a\",\"status\":\"processing\",\"outputs\":[],"
                        + "\"media\":{\"container\":\"mov\"}}");
    }
}
