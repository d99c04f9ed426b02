package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobJson.Defaults;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

/** The job's JSON, whatever stands in it. */
class JobJsonPropertiesTest {
    @Property
    void aJobComesBackAsItWasWritten(@ForAll @NotEmpty @StringLength(max = 200) String key) {
        Assume.that(key.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(key));
        Job job = Job.builder()
                .id(new JobId("a"))
                .source("in", key)
                .output("out", "p")
                .build();

        byte[] sent = JobJson.write(job).getBytes(StandardCharsets.UTF_8);
        assertThat(JobJson.parse(new String(sent, StandardCharsets.UTF_8), Defaults.NONE))
                .isEqualTo(job);
    }

    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        for (String json : new String[] {text, "{\"id\": \"" + text + "\"}", "{\"id\": " + text + "}"}) {
            assertThat(JobJson.readId(json).map(JobId::value).filter(String::isEmpty))
                    .isEmpty();
            assertThatThrownBy(() -> JobJson.parse(json, Defaults.NONE)).isInstanceOf(TranscodeException.class);
        }
    }

    @Example
    void hostileJsonIsRefusedWithASentence() {
        String job = "{\"id\": \"a\", \"input_bucket\": \"b\", \"output_bucket\": \"b\", \"input_key\": %s}";
        refused("[".repeat(30_000));
        refused("{\"id\":".repeat(10_000));
        refused(String.format(job, "\"x\\ud800\""));
        refused(String.format(job, "\"x\\u0000\""));
        refused(String.format(job, "'x'"));
        refused(String.format(job, "\"x\" /* comment */"));
        refused(String.format(job, "\"x\"") + " {}");
        refused(String.format(job, "\"x\", \"segment_seconds\": 1e999999999"));
        refused(String.format(job, "\"x\", \"crf\": " + "9".repeat(20_000)));
    }

    @Example
    void ofAFieldGivenTwiceTheLastCounts() {
        assertThat(JobJson.readId("{\"id\": \"a\", \"id\": \"b\"}")).contains(new JobId("b"));
    }

    private static void refused(String json) {
        assertThatThrownBy(() -> JobJson.parse(json, Defaults.NONE))
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_JOB));
    }
}
