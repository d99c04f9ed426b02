package dev.transcode.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Byte for byte what {@code contract.md} shows, with our two fields at the end. */
class WebhookPayloadTest {
    private static final JobId JOB = new JobId("test_job_001");

    @Test
    void tellsACompleteJob() {
        String json = WebhookPayload.complete(
                "evt_1",
                JOB,
                2,
                List.of(
                        new JobOutput("720p", "transcoded/test_001/720p.mp4"),
                        new JobOutput("hls", "transcoded/test_001/master.m3u8")));

        assertThat(json)
                .isEqualTo("{\"job_id\":\"test_job_001\",\"status\":\"complete\",\"outputs\":["
                        + "{\"profile\":\"720p\",\"key\":\"transcoded/test_001/720p.mp4\"},"
                        + "{\"profile\":\"hls\",\"key\":\"transcoded/test_001/master.m3u8\"}],"
                        + "\"event_id\":\"evt_1\",\"attempt\":2}");
    }

    @Test
    void tellsAFailedJob() {
        String json = WebhookPayload.failed("evt_2", JOB, 4, "cannot read <a&b> \"x\": it's 'ä'");

        assertThat(json)
                .isEqualTo("{\"job_id\":\"test_job_001\",\"status\":\"failed\","
                        + "\"error\":\"cannot read <a&b> \\\"x\\\": it's 'ä'\",\"event_id\":\"evt_2\",\"attempt\":4}");
    }

    @Test
    void tellsACancelledJob() {
        assertThat(WebhookPayload.cancelled("evt_3", JOB, 0))
                .isEqualTo(
                        "{\"job_id\":\"test_job_001\",\"status\":\"cancelled\",\"event_id\":\"evt_3\",\"attempt\":0}");
    }

    @Property
    void anyErrorIsReadBackAsItWas(@ForAll String error) {
        String json = WebhookPayload.failed("evt_4", JOB, 1, error);

        assertThat(JsonParser.parseString(json).getAsJsonObject().get("error").getAsString())
                .isEqualTo(error);
    }
}
