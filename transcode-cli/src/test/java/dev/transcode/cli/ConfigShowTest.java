package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.worker.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigShowTest {
    @TempDir
    private Path folder;

    @Test
    void everySettingIsShownWithWhereItCameFrom() throws Exception {
        CommandRun run = show(environment());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).hasSize(Setting.values().length + 1);
        assertThat(run.out())
                .contains(
                        "REDIS_URL                        environment UPSTASH_REDIS_URL  rediss://***@eu.example:6380")
                .contains("LYVE_SECRET_KEY                  file LYVE_SECRET_KEY_FILE      ***")
                .contains("LYVE_BUCKET                      environment                    media")
                .contains("TRANSCODE_LEASE                  default                        30s")
                .contains("AWS_SESSION_TOKEN                -")
                .contains("https://site.example/hook?***")
                .doesNotContain("hunter2");
        assertThat(run.err()).isEqualTo("warning: TRANSCODE_LAESE is set, but there is no such setting\n");
    }

    @Test
    void theSameAsJson() throws Exception {
        CommandRun run = show(environment(), "--json");

        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.getAsJsonArray("settings")).hasSize(Setting.values().length);
        assertThat(json.getAsJsonArray("unknown").get(0).getAsString()).isEqualTo("TRANSCODE_LAESE");
        JsonObject secret = setting(json, "LYVE_SECRET_KEY");
        assertThat(secret.get("value").getAsString()).isEqualTo("***");
        assertThat(secret.get("source").getAsString()).isEqualTo("file");
        assertThat(secret.get("variable").getAsString()).isEqualTo("LYVE_SECRET_KEY_FILE");
        assertThat(setting(json, "TRANSCODE_LEASE").get("source").getAsString()).isEqualTo("default");
        assertThat(setting(json, "AWS_SESSION_TOKEN").has("value")).isFalse();
        assertThat(run.out()).doesNotContain("hunter2");
    }

    @Test
    void aSecretFileThatIsMissingIsAnError() {
        CommandRun run = show(Map.of("REDIS_URL_FILE", "/no/such/file"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("REDIS_URL_FILE=/no/such/file", "[setting]");
    }

    @Test
    void configAloneSaysWhatThereIs() {
        CommandRun run = new TestConnections(Map.of()).run("config");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is: show");
    }

    private Map<String, String> environment() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        return Map.of(
                "UPSTASH_REDIS_URL", "rediss://user:hunter2@eu.example:6380",
                "LYVE_SECRET_KEY_FILE", secret.toString(),
                "LYVE_BUCKET", "media",
                "WEBHOOK_URL", "https://site.example/hook?token=hunter2",
                "TRANSCODE_LAESE", "5s");
    }

    private static JsonObject setting(JsonObject json, String name) {
        for (JsonElement one : json.getAsJsonArray("settings")) {
            if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
                return one.getAsJsonObject();
            }
        }
        throw new AssertionError(name);
    }

    private static CommandRun show(Map<String, String> env, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "config";
        args[1] = "show";
        System.arraycopy(options, 0, args, 2, options.length);
        return new TestConnections(env).run(args);
    }
}
