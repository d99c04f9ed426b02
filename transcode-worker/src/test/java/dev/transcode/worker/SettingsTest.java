package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path temp;

    @Test
    void noVariableBelongsToTwoSettings() {
        List<String> names = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            names.addAll(setting.names());
        }
        Set<String> once = new HashSet<>(names);

        assertThat(names).hasSameSizeAs(once);
    }

    @Test
    void theFirstNameThatIsSetDecides() {
        Settings settings = Settings.of(Map.of(
                "LYVE_ENDPOINT", " ",
                "S3_ENDPOINT", "http://minio:9000",
                "AWS_ENDPOINT_URL_S3", "http://other"));

        assertThat(settings.webAddress(Setting.S3_ENDPOINT))
                .hasValueSatisfying(uri -> assertThat(uri.getHost()).isEqualTo("minio"));
        assertThat(settings.variable(Setting.S3_ENDPOINT)).contains("S3_ENDPOINT");
    }

    @Test
    void theContractsNamesAreRead() {
        S3Settings s3 = S3Settings.of(Settings.of(Map.of(
                "LYVE_ENDPOINT", "https://s3.us-west-1.lyvecloud.seagate.com",
                "LYVE_ACCESS_KEY", "AK",
                "S3_ACCESS_KEY", "other",
                "AWS_SECRET_ACCESS_KEY", "SK",
                "AWS_SESSION_TOKEN", "TOKEN",
                "AWS_REGION", "eu-1")));

        assertThat(s3.accessKey()).isEqualTo("AK");
        assertThat(s3.secretKey()).isEqualTo("SK");
        assertThat(s3.sessionToken()).contains("TOKEN");
        assertThat(s3.region()).contains("eu-1");
        assertThat(s3.toString()).doesNotContain("AK", "SK", "TOKEN");
    }

    @Test
    void aMissingOneIsNamedWithAllItsNames() {
        assertThatThrownBy(() -> Settings.of(Map.of()).required(Setting.REDIS_URL))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("REDIS_URL", "UPSTASH_REDIS_URL", "is not set");
        assertThatThrownBy(() -> S3Settings.of(Settings.of(Map.of("LYVE_ENDPOINT", "http://s3"))))
                .hasMessageContainingAll("LYVE_ACCESS_KEY", "S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID");
    }

    @Test
    void aSecretMayStandInAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("secret"), "s3cret\n");

        Settings settings = Settings.of(Map.of("LYVE_SECRET_KEY_FILE", file.toString(), "S3_SECRET_KEY", "other"));

        assertThat(settings.required(Setting.S3_SECRET_KEY)).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void aSecretFileThatCannotBeReadIsNamed() throws IOException {
        Path empty = Files.createFile(temp.resolve("empty"));

        assertThatThrownBy(() -> Settings.of(Map.of("REDIS_URL_FILE", "/nowhere/at/all")))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("REDIS_URL_FILE=/nowhere/at/all", "cannot be read");
        assertThatThrownBy(() -> Settings.of(Map.of("REDIS_URL_FILE", empty.toString())))
                .hasMessageContaining("is empty");
    }

    @Test
    void aRedisAddressIsShownWithoutItsPassword() {
        Settings settings =
                Settings.of(Map.of("UPSTASH_REDIS_URL", "rediss://user:p@ss:w@rd@eu.upstash.io:6380/2?x=y"));

        assertThat(settings.shown(Setting.REDIS_URL)).isEqualTo("rediss://***@eu.upstash.io:6380/2");
        assertThat(settings.toString()).doesNotContain("p@ss", "w@rd");
    }

    @Test
    void aWebhooksAddressIsShownWithoutItsTokens() {
        Settings settings =
                Settings.of(Map.of("WEBHOOK_URL", "https://hooks.chat.example/services/s3cretxxxxxxxxxx?key=s3cret"));

        assertThat(settings.shown(Setting.WEBHOOK_URL)).isEqualTo("https://hooks.chat.example/services/…?***");
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        WorkerConfig config = WorkerConfig.of(Map.of());

        assertThat(config.queues()).containsExactly("transcode_jobs");
        assertThat(config.concurrency()).isEqualTo(1);
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.stop()).isEqualTo(WorkerConfig.Stop.GIVE_BACK);
        assertThat(config.healthPort()).isEqualTo(OptionalInt.of(8080));
        assertThat(config.webhookUrl()).isEqualTo(Optional.empty());
        assertThat(config.webhookAllowPrivate()).isFalse();
    }

    @Test
    void everythingCanBeSet() {
        WorkerConfig config = WorkerConfig.of(Map.of(
                "QUEUE_NAME", "transcode_jobs_high, transcode_jobs_low,,transcode_jobs_high",
                "TRANSCODE_CONCURRENCY", "3",
                "TRANSCODE_LEASE", "1500ms",
                "TRANSCODE_STOP", "Drain",
                "TRANSCODE_DRAIN", "90",
                "TRANSCODE_HEALTH_PORT", "off",
                "TRANSCODE_WORK_DIR", "/data",
                "LYVE_BUCKET", "films",
                "TRANSCODE_WEBHOOK_ALLOW_PRIVATE", "yes"));

        assertThat(config.queues()).containsExactly("transcode_jobs_high", "transcode_jobs_low");
        assertThat(config.concurrency()).isEqualTo(3);
        assertThat(config.lease()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.stop()).isEqualTo(WorkerConfig.Stop.DRAIN);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.healthPort()).isEmpty();
        assertThat(config.workDirectory()).isEqualTo(Path.of("/data"));
        assertThat(config.defaults().bucket()).contains("films");
        assertThat(config.webhookAllowPrivate()).isTrue();
    }

    @Test
    void whatCannotBeUsedIsNamedWithWhatCan() {
        refused("TRANSCODE_LEASE", "soon", "TRANSCODE_LEASE=soon", "30s");
        refused("TRANSCODE_LEASE", "2h", "TRANSCODE_LEASE=2h", "3600s");
        refused("TRANSCODE_CONCURRENCY", "0", "TRANSCODE_CONCURRENCY=0", "1 to 64");
        refused("TRANSCODE_STOP", "now", "TRANSCODE_STOP=now", "give-back, drain");
        refused("TRANSCODE_HEALTH_PORT", "70000", "TRANSCODE_HEALTH_PORT=70000", "65535");
        refused("TRANSCODE_WEBHOOK_ALLOW_PRIVATE", "maybe", "TRANSCODE_WEBHOOK_ALLOW_PRIVATE=maybe", "true or false");
        refused("WEBHOOK_URL", "ftp://x", "cannot use WEBHOOK_URL: it does not start with http:// or https://");
        refused("QUEUE_NAME", ", ,", "QUEUE_NAME=, ,", "commas");
        refused("QUEUE_NAME", "a,job:b", "QUEUE_NAME=a,job:b", "job:");
    }

    /** Compose makes names with an underscore, which {@link java.net.URI#getHost} does not know. */
    @Test
    void anAddressIsReadAsThoseOfJobsAreAndNeverRepeated() {
        assertThat(WorkerConfig.of(Map.of("WEBHOOK_URL", "http://my_site:8080/hook?token=s3cret"))
                        .webhookUrl())
                .hasToString("Optional[http://my_site:8080/hook?token=s3cret]");
        assertThatThrownBy(() -> WorkerConfig.of(Map.of("WEBHOOK_URL", "https://me:s3cret@site/hook")))
                .isInstanceOf(SettingException.class)
                .hasMessage("cannot use WEBHOOK_URL: it holds a user or password: put a token into the path or query");
        assertThatThrownBy(() -> WorkerConfig.of(Map.of("WEBHOOK_URL", "https://site/hook?token=s3 cret")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("cannot use WEBHOOK_URL: it is no URL")
                .hasMessageNotContaining("cret");
    }

    @Test
    void theAddressOfTheBucketHasNoQuery() {
        refused(
                "TRANSCODE_PUBLIC_BASE_URL",
                "https://example.com/films?token=s3cret",
                "cannot use TRANSCODE_PUBLIC_BASE_URL: it holds a query or fragment");
    }

    private static void refused(String variable, String value, String... said) {
        assertThatThrownBy(() -> WorkerConfig.of(Map.of(variable, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll(said);
    }
}
