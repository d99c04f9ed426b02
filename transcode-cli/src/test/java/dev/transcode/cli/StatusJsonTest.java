package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusJsonTest {
    /** It is printed, piped and kept by whoever asks for it. */
    @Test
    void theWebhooksTokenIsHidden() {
        Map<String, String> waiting =
                Map.of("status", "queued", "webhook_url", "https://site.example/hook/s3cretxxxxxxxxxx1?token=s3cret");

        assertThat(StatusJson.of(JobStatus.of(new JobId("a"), waiting), Optional.empty())
                        .get("webhook_url")
                        .getAsString())
                .isEqualTo("https://site.example/hook/…");
    }

    @Test
    void whatProvesAWorkersOwnershipIsHidden() {
        Map<String, String> publishing =
                Map.of("status", "processing", "token", "0wner", "last_token", "0wner", "gated", "0wner");

        assertThat(StatusJson.of(JobStatus.of(new JobId("a"), publishing), Optional.empty()))
                .hasToString("{\"id\":\"a\",\"status\":\"processing\",\"outputs\":[]}");
    }
}
