package dev.transcode.worker.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.transcode.job.JobId;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of a webhook, whatever its receiver does. The receiver's own library judges what it gets. */
class WebhookPathTest extends WebhookBench {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String STRANGERS = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    /** At least the longest pause after a first and a second try. */
    private static final Duration SECOND = Duration.ofSeconds(6);

    private static final Duration THIRD = Duration.ofMinutes(6);

    @Test
    void after500sComesA200AndEveryTryIsSigned() throws Exception {
        answers(status(500), status(503).withBody("down\r\nfor today"), ok("thanks"));
        JobId job = endedJob("job.with.dots");

        try (OutboxPump pump = pump(outbox, TIMEOUT, OLD)) {
            pump.start();
            awaitTries(job, 1);
            clock.advance(SECOND);
            awaitTries(job, 2);
            clock.advance(THIRD);
            awaitTries(job, 3);
        }

        List<LoggedRequest> tries = posts();
        assertThat(tries).hasSize(3);
        for (LoggedRequest request : tries) {
            new Webhook(OLD).verify(request.getBodyAsString(), headers(request));
        }
        assertThat(tries).extracting(r -> r.getHeader("webhook-timestamp")).doesNotHaveDuplicates();
        assertThat(tries)
                .extracting(LoggedRequest::getBodyAsString)
                .hasSize(3)
                .containsOnly(tries.get(0).getBodyAsString());
        JsonObject body = JsonParser.parseString(tries.get(0).getBodyAsString()).getAsJsonObject();
        assertThat(body.get("job_id").getAsString()).isEqualTo(job.value());
        assertThat(body.get("status").getAsString()).isEqualTo("complete");
        assertThat(body.get("outputs").toString()).contains("filme/Größe/720p.mp4");
        assertThat(tries)
                .extracting(r -> r.getHeader("webhook-id"))
                .containsOnly(body.get("event_id").getAsString());
        List<String> log = outbox.log(job);
        assertThat(log.get(0))
                .startsWith("2026-01-02T03:04:05.678Z try 1 to " + url + ": HTTP 500 (")
                .matches(".* s\\), again in [56] s");
        assertThat(log.get(1))
                .contains("try 2 to ", ": HTTP 503: down for today (")
                .matches(".*, again in [45] min");
        assertThat(log.get(2)).contains("try 3 to ", ": HTTP 200 (").endsWith(", delivered");
        assertThat(nothingIsDueWithin(LONG)).isTrue();
    }

    @Test
    void noAnswerInTimeIsTriedAgain() throws Exception {
        answers(status(200).withFixedDelay(20_000), ok());
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, TIMEOUT, OLD)) {
            pump.start();
            assertThat(awaitTries(job, 1).get(0))
                    .contains(": no answer within 500 ms (")
                    .contains(", again in ");
            clock.advance(SECOND);
            assertThat(awaitTries(job, 2).get(1)).endsWith(", delivered");
        }

        assertThat(posts()).hasSize(2);
        assertThat(posts())
                .extracting(r -> r.getHeader("webhook-id"))
                .containsOnly(posts().get(0).getHeader("webhook-id"));
    }

    @Test
    void aRedirectIsNotFollowedButTriedAgain() throws Exception {
        SITE.stubFor(any(anyUrl()).atPriority(9).willReturn(ok()));
        answers(status(301).withHeader("Location", "/elsewhere"), ok());
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, TIMEOUT, OLD)) {
            pump.start();
            assertThat(awaitTries(job, 1).get(0)).contains(": HTTP 301: a redirect, which is not followed (");
            clock.advance(SECOND);
            assertThat(awaitTries(job, 2).get(1)).endsWith(", delivered");
        }

        assertThat(SITE.getAllServeEvents())
                .extracting(e -> e.getRequest().getUrl())
                .containsExactly(HOOK, HOOK);
    }

    @Test
    void whoIsGoneIsNotAskedAgain() {
        answers(status(410));
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, TIMEOUT, OLD)) {
            pump.start();
            assertThat(awaitTries(job, 1).get(0)).contains(": HTTP 410 (").endsWith(", given up");
        }

        assertThat(nothingIsDueWithin(LONG)).isTrue();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void whoNeverAnswersWellIsGivenUpAfterTenTries() {
        answers(status(500));
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, TIMEOUT, OLD)) {
            pump.start();
            for (int tries = 1; tries <= 10; tries++) {
                awaitTries(job, tries);
                clock.advance(LONG);
            }
        }

        assertThat(outbox.log(job).get(8)).contains("try 9 to ").contains(", again in ");
        assertThat(outbox.log(job).get(9)).contains("try 10 to ").endsWith(", given up");
        assertThat(nothingIsDueWithin(LONG)).isTrue();
        assertThat(posts()).hasSize(10);
    }

    /** Also where several look for what is due meanwhile; and the rest of a good answer is not waited for. */
    @Test
    void aSlowAnswerIsWaitedForAndNobodySendsASecondOne() {
        answers(status(200).withFixedDelay(400).withBody("x".repeat(1_000)).withChunkedDribbleDelay(50, 15_000));
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, Duration.ofSeconds(30), OLD);
                OutboxPump other = pump(outbox, Duration.ofSeconds(30), OLD)) {
            pump.start();
            other.start();
            long start = System.nanoTime();
            assertThat(awaitTries(job, 1).get(0)).contains("HTTP 200 (0.").endsWith(", delivered");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }

        assertThat(nothingIsDueWithin(LONG)).isTrue();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void whileTheSecretIsReplacedBothVerify() {
        answers(ok());
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox, TIMEOUT, NEW + "," + OLD)) {
            pump.start();
            awaitTries(job, 1);
        }

        LoggedRequest request = posts().get(0);
        String body = request.getBodyAsString();
        assertThatCode(() -> new Webhook(NEW).verify(body, headers(request))).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(OLD).verify(body, headers(request))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(STRANGERS).verify(body, headers(request)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(NEW).verify(body.replace("complete", "failed"), headers(request)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    /** One after the other; the last one for ever. */
    private static void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            SITE.stubFor(post(HOOK)
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? STARTED : "after " + i)
                    .willReturn(answers[i])
                    .willSetStateTo(i + 1 < answers.length ? "after " + (i + 1) : null));
        }
    }

    private static HttpHeaders headers(LoggedRequest request) {
        Map<String, List<String>> headers = request.getHeaders().all().stream()
                .collect(Collectors.toMap(header -> header.key(), header -> header.values()));
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
