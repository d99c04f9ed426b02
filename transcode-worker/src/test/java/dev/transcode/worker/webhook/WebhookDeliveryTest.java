package dev.transcode.worker.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookPayload;
import dev.transcode.notify.WebhookRetry;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.notify.WebhookTarget;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the receiver gets, judged by the library that receivers use. */
class WebhookDeliveryTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String STRANGERS = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @RegisterExtension
    static final WireMockExtension SITE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @Test
    void afterTwo500sComesA200AndEveryTryIsSigned() throws Exception {
        SITE.stubFor(post(anyUrl()).inScenario("s").willReturn(serverError()).willSetStateTo("once"));
        SITE.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("once")
                .willReturn(serverError())
                .willSetStateTo("twice"));
        SITE.stubFor(post(anyUrl()).inScenario("s").whenScenarioStateIs("twice").willReturn(ok("thanks")));
        assertThat(SITE.getAllScenarios().getScenarios().get(0).getState()).isEqualTo(STARTED);
        // The library takes time stamps up to five minutes off.
        Clock now = Clock.systemUTC();
        WebhookEvent event = event(SITE.baseUrl() + "/api/transcode-webhook");

        DeliveryResult first = notifier(OLD, now).deliver(event);
        DeliveryResult second =
                notifier(OLD, Clock.offset(now, Duration.ofSeconds(5))).deliver(event);
        DeliveryResult third =
                notifier(OLD, Clock.offset(now, Duration.ofSeconds(10))).deliver(event);

        assertThat(WebhookRetry.delay(first, 1, new Random(1))).isPresent();
        assertThat(WebhookRetry.delay(second, 2, new Random(1))).isPresent();
        assertThat(WebhookRetry.delay(third, 3, new Random(1))).isEqualTo(Optional.empty());
        List<LoggedRequest> tries = SITE.findAll(postRequestedFor(anyUrl()));
        assertThat(tries).hasSize(3);
        for (LoggedRequest request : tries) {
            new Webhook(OLD).verify(request.getBodyAsString(), headers(request));
        }
        assertThat(tries).extracting(LoggedRequest::getBodyAsString).containsOnly(event.body());
        assertThat(tries).extracting(r -> r.getHeader("webhook-id")).containsOnly(event.id());
        assertThat(tries).extracting(r -> r.getHeader("webhook-timestamp")).doesNotHaveDuplicates();
    }

    @Test
    void whileTheSecretIsReplacedBothVerify() {
        SITE.stubFor(post(anyUrl()).willReturn(ok()));

        notifier(NEW + "," + OLD, Clock.systemUTC()).deliver(event(SITE.baseUrl() + "/hook"));

        LoggedRequest request = SITE.findAll(postRequestedFor(anyUrl())).get(0);
        String body = request.getBodyAsString();
        assertThatCode(() -> new Webhook(NEW).verify(body, headers(request))).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(OLD).verify(body, headers(request))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(STRANGERS).verify(body, headers(request)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(NEW).verify(body.replace("complete", "failed"), headers(request)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static WebhookNotifier notifier(String secrets, Clock clock) {
        return new WebhookNotifier(WebhookSignature.of(secrets), false, Duration.ofSeconds(10), clock);
    }

    private static WebhookEvent event(String url) {
        JobId job = new JobId("job.with.dots");
        String id = WebhookEvent.newId();
        String body = WebhookPayload.complete(id, job, 1, List.of(new JobOutput("720p", "filme/Größe/720p.mp4")));
        return new WebhookEvent(id, job, WebhookTarget.of(url, true), body);
    }

    private static HttpHeaders headers(LoggedRequest request) {
        Map<String, List<String>> headers = request.getHeaders().all().stream()
                .collect(Collectors.toMap(header -> header.key(), header -> header.values()));
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
