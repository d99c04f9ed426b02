package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code webhook resend}, and what {@code status} tells of webhooks. */
class WebhookCommandTest {
    private static final Outcome FAILED =
            new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "cannot read film.mp4: no moov"), Map.of());

    private final TestConnections servers = new TestConnections(Map.of("LYVE_BUCKET", "media"));

    @Test
    void aWebhookThatWasGivenUpIsDueAgain() {
        submit("a", "--webhook=https://site.example/hook?token=s3cret");
        servers.finish(servers.claim(), FAILED);
        OutboxEntry first = due().get(0);
        servers.queue.outbox().settle(first, "try 1: HTTP 410, given up");
        assertThat(due()).isEmpty();

        CommandRun run = servers.run("webhook", "resend", "a");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo("the webhook of job a is due again: event " + first.eventId()
                        + " to https://site.example/hook\n");
        assertThat(run.err()).isEqualTo("What came of it: transcode status a\n");
        assertThat(due()).containsExactly(first);
    }

    @Test
    void asJsonItIsOneObject() {
        submit("a", "--webhook=https://site.example/hook?token=s3cret");
        servers.finish(servers.claim(), FAILED);

        CommandRun run = servers.run("webhook", "resend", "a", "--json");

        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("id", "result", "event_id", "url");
        assertThat(json.get("result").getAsString()).isEqualTo("due");
        assertThat(json.get("event_id").getAsString()).isEqualTo(due().get(0).eventId());
        assertThat(run.out()).doesNotContain("s3cret");
    }

    @Test
    void withoutAWebhookItSaysWhy() {
        submit("runs", "--webhook=https://site.example/hook");
        CommandRun early = servers.run("webhook", "resend", "runs");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err())
                .contains("cannot resend the webhook of job runs: it has not ended [job_not_ended]", "hint: ");

        servers.finish(servers.claim(), FAILED);
        submit("none");
        servers.finish(servers.claim(), FAILED);
        CommandRun none = servers.run("webhook", "resend", "none", "--json");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.out()).contains("\"error_code\": \"no_webhook\"", "its end caused none");

        CommandRun unknown = servers.run("webhook", "resend", "nobody");
        assertThat(unknown.code()).isEqualTo(5);
        assertThat(unknown.err()).contains("job nobody: no such job is known [job_not_found]");
    }

    @Test
    void theSubcommandIsNeededAndHasHelp() {
        assertThat(servers.run("webhook").code()).isEqualTo(2);
        assertThat(servers.run("webhook").err()).contains("there is no subcommand; there is: resend");
        assertThat(servers.run("webhook", "resend").code()).isEqualTo(2);
        CommandRun help = servers.run("webhook", "resend", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: transcode webhook resend", "Exit codes:");
    }

    @Test
    void theStatusTellsEachDelivery() {
        submit("a", "--webhook=https://site.example/hook");
        servers.finish(servers.claim(), FAILED);
        assertThat(servers.run("status", "a").out()).doesNotContain("delivery");
        assertThat(servers.run("status", "a", "--json").out()).doesNotContain("webhook_log");
        servers.queue.outbox().again(due().get(0), Duration.ZERO, "try 1: HTTP 500, again in 5 s");
        servers.queue.outbox().settle(due().get(0), "try 2: HTTP 200, delivered");

        assertThat(servers.run("status", "a").out())
                .contains("  delivery    try 1: HTTP 500, again in 5 s\n  delivery    try 2: HTTP 200, delivered\n");
        assertThat(JsonParser.parseString(servers.run("status", "a", "--json").out())
                        .getAsJsonObject()
                        .getAsJsonArray("webhook_log"))
                .hasToString("[\"try 1: HTTP 500, again in 5 s\",\"try 2: HTTP 200, delivered\"]");
    }

    private List<OutboxEntry> due() {
        return servers.queue.outbox().due(10, Duration.ZERO);
    }

    private void submit(String id, String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "submit";
        args[1] = "--id=" + id;
        args[2] = "--input=in/film.mp4";
        System.arraycopy(more, 0, args, 3, more.length);
        assertThat(servers.run(args).code()).isZero();
    }
}
