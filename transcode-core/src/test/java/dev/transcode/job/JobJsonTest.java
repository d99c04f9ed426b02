package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Profile;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.Rung;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.media.Bitrate;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobJsonTest {
    /** Word for word from the contract. */
    private static final String CONTRACT = """
            {"id": "test_job_001",
             "input_bucket": "jettydata-prod", "input_key": "audio1/2816/test-video.mp4",
             "output_bucket": "jettydata-prod", "output_prefix": "transcoded/test_001",
             "ladder": [{"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"},
                        {"name": "480p", "height": 480, "bitrate": "2M", "audio_bitrate": "96k"}],
             "webhook_url": "https://www.audio1.tv/api/transcode-webhook"}""";

    @Test
    void readsTheContractsJob() {
        Job job = JobJson.parse(CONTRACT, JobJson.Defaults.NONE);

        assertThat(job.id()).isEqualTo(new JobId("test_job_001"));
        assertThat(job.source()).hasToString("jettydata-prod/audio1/2816/test-video.mp4");
        assertThat(job.output().bucket()).isEqualTo("jettydata-prod");
        assertThat(job.output().path()).isEqualTo("transcoded/test_001");
        assertThat(job.ladder()).isEqualTo(LadderText.parse("720p:4M:128k,480p:2M:96k"));
        assertThat(job.settings()).isEqualTo(EncodeSettings.DEFAULT);
        assertThat(job.webhookUrl()).contains(URI.create("https://www.audio1.tv/api/transcode-webhook"));
    }

    @Test
    void fillsInWhatIsLeftOut() {
        JobJson.Defaults defaults =
                new JobJson.Defaults(Optional.of("films"), Optional.of(URI.create("https://site/roku-stream")));

        Job job = JobJson.parse("{\"id\": 7, \"input_key\": \"a.mp4\", \"nobody\": [1]}", defaults);

        assertThat(job.source()).hasToString("films/a.mp4");
        assertThat(job.output().path()).isEqualTo("transcoded/7");
        assertThat(job.ladder()).isEqualTo(Profile.ROKU_HLS.ladder());
        assertThat(job.publicBaseUrl()).contains(URI.create("https://site/roku-stream"));
        assertThat(job.webhookUrl()).isEmpty();
    }

    @Test
    void readsCamelCaseToo() {
        Job job = JobJson.parse(
                "{\"id\":\"a\",\"inputBucket\":\"b\",\"inputKey\":\"k\",\"outputBucket\":\"b\",\"outputPrefix\":\"p\","
                        + "\"profile\":\"mobile\",\"preset\":\"veryfast\",\"rateControl\":\"crf\",\"segmentSeconds\":6}",
                JobJson.Defaults.NONE);

        assertThat(job.ladder()).isEqualTo(Profile.MOBILE.ladder());
        assertThat(job.settings().preset()).isEqualTo(Preset.VERYFAST);
        assertThat(job.settings().segmentSeconds()).isEqualTo(6);
    }

    @Test
    void readsBackWhatItWrites() {
        Job job = JobJson.parse(CONTRACT, JobJson.Defaults.NONE);
        Job odd = Job.builder()
                .id(new JobId("x"))
                .source("b", "sp ace/ü\n.mp4")
                .output("b", "")
                .ladder(Profile.WEB.ladder())
                .settings(new EncodeSettings(EncodeSettings.DEFAULT.codec(), Preset.SLOW, RateControl.CRF, 18, 30, 10))
                .build();

        Rung rung = new Rung(
                "small",
                360,
                Bitrate.parse("800k"),
                Bitrate.parse("64k"),
                Optional.of(VideoCodec.H264),
                Optional.of(Preset.FAST),
                OptionalInt.of(24),
                OptionalInt.of(25));
        Job full = Job.builder()
                .id(new JobId("y"))
                .source("b", "k")
                .output("b", "p")
                .ladder(new Ladder(List.of(rung)))
                .settings(new EncodeSettings(VideoCodec.H264, Preset.SLOW, RateControl.CRF, 18, 30, 10))
                .publicBaseUrl(URI.create("https://site/films"))
                .webhookUrl(URI.create("https://site/done"))
                .build();

        assertThat(JobJson.parse(JobJson.write(job), JobJson.Defaults.NONE)).isEqualTo(job);
        assertThat(JobJson.parse(JobJson.write(full), JobJson.Defaults.NONE)).isEqualTo(full);
        assertThat(JobJson.parse(JobJson.write(odd), JobJson.Defaults.NONE)).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not JSON",
                "[] | not a JSON object",
                "{} | id is missing",
                "{\"id\":\"a b\"} | job id",
                "{\"id\":\"a\"} | input_bucket is missing",
                "{\"id\":\"a\",\"input_bucket\":\"b\"} | input_key is missing",
                "{\"id\":\"a\",\"input_bucket\":[1],\"input_key\":\"k\"} | input_bucket is neither",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"output_prefix\":\"a/../b\"} | output prefix",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"profile\":\"hd\"} | profile is unknown: 'hd'",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"ladder\":[]} | a ladder has 1 to 16 rungs",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"ladder\":[{\"name\":\"x\",\"height\":1.5}]} | rung 1: height",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"crf\":99} | crf must be",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"webhook_url\":\"file:///etc/passwd\"} | webhook_url does not start with http:// or https://",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"public_base_url\":\"https://h/?a=1\"} | public_base_url holds a query or fragment",
                "{\"id\":\"a\",\"input_bucket\":\"b\",\"input_key\":\"k\",\"output_bucket\":\"b\",\"webhook_url\":\"http://u:p@h/\"} | webhook_url holds a user or password",
            })
    void saysWhichFieldIsWrong(String json, String reason) {
        assertThatThrownBy(() -> JobJson.parse(json, JobJson.Defaults.NONE))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining(reason)
                .satisfies(e ->
                        assertThat(((TranscodeException) e).failure().code()).isEqualTo(FailureCode.INVALID_JOB));
    }

    @Test
    void refusesDeepNestingWithoutFalling() {
        assertThatThrownBy(() -> JobJson.parse("[".repeat(30_000), JobJson.Defaults.NONE))
                .isInstanceOf(TranscodeException.class);
    }

    /** Read as a tree, 60 MB of these filled the 512 MB of a worker, and of the next one that took it. */
    @Test
    void doesNotEvenReadWhatIsFarTooLong() {
        String json = "{\"id\":\"a\",\"webhook_url\":\"https://site/hook\",\"x\":[" + "1,".repeat(600_000) + "1]}";

        assertThat(JobJson.readId(json)).isEmpty();
        assertThat(JobJson.readWebhookUrl(json)).isEmpty();
        assertThatThrownBy(() -> JobJson.parse(json, JobJson.Defaults.NONE))
                .hasMessageContaining("longer than 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"a\",\"ladder\":3}", "{\"id\":\"a\"}"})
    void readsTheIdOfWhatIsNoJobOtherwise(String json) {
        assertThat(JobJson.readId(json)).contains(new JobId("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"id\":\"../a\"}", "{\"id\":{}}", "null"})
    void readsNoIdWhereThereIsNone(String json) {
        assertThat(JobJson.readId(json)).isEmpty();
    }

    @Test
    void theWebhookIsReadAlsoFromAPayloadThatIsNoJob() {
        assertThat(JobJson.readWebhookUrl("{\"ladder\": 7, \"webhook_url\": \"https://site/hook\"}"))
                .contains(URI.create("https://site/hook"));
        assertThat(JobJson.readWebhookUrl("{\"webhook_url\": \"ftp://site/hook\"}"))
                .isEmpty();
        assertThat(JobJson.readWebhookUrl("{\"id\": \"a\"}")).isEmpty();
        assertThat(JobJson.readWebhookUrl("no json")).isEmpty();
    }
}
