package dev.transcode.worker.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.transcode.notify.DeliveryResult.Answer.DELIVERED;
import static dev.transcode.notify.DeliveryResult.Answer.RETRY;
import static dev.transcode.notify.DeliveryResult.Answer.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.net.httpserver.HttpServer;
import dev.transcode.internal.Version;
import dev.transcode.job.JobId;
import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.notify.WebhookTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookNotifierTest {
    /** Long enough for an answer that comes, on any machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** For an answer that does not come. */
    private static final Duration SHORT = Duration.ofMillis(600);

    private static final String BODY = "{\"job_id\":\"job_1\",\"error\":\"Größe\"}";

    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance()
            .options(options().dynamicPort().dynamicHttpsPort())
            .build();

    private final WebhookNotifier notifier =
            new WebhookNotifier(WebhookSignature.NONE, false, TIMEOUT, Clock.systemUTC());

    @Test
    void postsTheBodyAsItIs() {
        answer(status(204));

        DeliveryResult result = notifier.deliver(event("/hook?a=1"));

        assertThat(result.answer()).isEqualTo(DELIVERED);
        assertThat(result.httpStatus()).hasValue(204);
        assertThat(result.seen()).isEqualTo("HTTP 204");
        assertThat(result.took()).isPositive();
        SITE.verify(
                1,
                postRequestedFor(anyUrl())
                        .withUrl("/hook?a=1")
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("User-Agent", equalTo("transcode/" + Version.current()))
                        .withHeader("webhook-id", equalTo("evt_1"))
                        .withoutHeader("webhook-signature")
                        .withRequestBody(equalTo(BODY)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 421, 429, 500, 502, 503, 504})
    void asksForARetryAndSendsOnce(int code) {
        answer(status(code)
                .withHeader("Retry-After", "0")
                .withHeader("WWW-Authenticate", "Basic realm=x")
                .withBody("down\r\nfor today"));

        DeliveryResult result = notifier.deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.httpStatus()).hasValue(code);
        assertThat(result.seen()).isEqualTo("HTTP " + code + ": down for today");
        SITE.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int code) {
        SITE.stubFor(post("/hook").willReturn(status(code).withHeader("Location", "/elsewhere")));
        SITE.stubFor(any(anyUrl()).atPriority(9).willReturn(status(200)));

        DeliveryResult result = notifier.deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.seen()).isEqualTo("HTTP " + code + ": a redirect, which is not followed");
        assertThat(SITE.getAllServeEvents()).hasSize(1);
    }

    @Test
    void stopsWhenTheReceiverIsGone() {
        answer(status(410));

        assertThat(notifier.deliver(event("/hook")).answer()).isEqualTo(STOP);
    }

    @Test
    void waitsForAnAnswerOnlySoLong() {
        answer(status(200).withFixedDelay(20_000));

        DeliveryResult result =
                new WebhookNotifier(WebhookSignature.NONE, false, SHORT, Clock.systemUTC()).deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.httpStatus()).isEmpty();
        assertThat(result.seen()).isEqualTo("no answer within 600 ms");
        assertThat(result.took()).isBetween(SHORT, Duration.ofSeconds(10));
    }

    @Test
    void doesNotWaitForTheRestOfAGoodAnswer() {
        answer(status(200).withBody("x".repeat(1_000)).withChunkedDribbleDelay(100, 20_000));

        DeliveryResult result = notifier.deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(DELIVERED);
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void waitsForTheRestOfABadAnswerOnlySoLong() {
        answer(status(500).withBody("x".repeat(1_000)).withChunkedDribbleDelay(100, 20_000));

        DeliveryResult result = notifier.deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.httpStatus()).hasValue(500);
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void readsLittleOfAnAnswerWithoutEnd() throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CountDownLatch hungUp = new CountDownLatch(1);
        site.createContext("/", exchange -> {
            exchange.sendResponseHeaders(500, 0);
            byte[] rubbish = "y".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
            try {
                while (true) {
                    exchange.getResponseBody().write(rubbish);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });
        site.start();
        try {
            DeliveryResult result =
                    notifier.deliver(to("http://127.0.0.1:" + site.getAddress().getPort() + "/"));

            assertThat(result.answer()).isEqualTo(RETRY);
            assertThat(result.seen()).startsWith("HTTP 500: yyyy").hasSize(300);
            await().until(() -> hungUp.getCount() == 0);
        } finally {
            site.stop(0);
        }
    }

    @Test
    void aProxysAnswerIsNone() {
        answer(status(407));

        DeliveryResult result = notifier.deliver(event("/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.seen()).startsWith("the answer makes no sense: ").contains("407");
    }

    @Test
    void doesNotRepeatAQueryThatTheAnswerRepeats() {
        answer(status(404).withBody("Cannot POST /hook/s3cretxxxxxxxxxx?token=s3cret&x=%20"));

        DeliveryResult result = notifier.deliver(event("/hook/s3cretxxxxxxxxxx?token=s3cret&x=%20"));

        assertThat(result.seen()).isEqualTo("HTTP 404: Cannot POST /hook/…?…");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionIsRetriedLater(Fault fault) {
        SITE.stubFor(post(anyUrl()).willReturn(aResponse().withFault(fault)));

        DeliveryResult result = notifier.deliver(event("/hook?token=s3cret"));

        assertThat(result.seen()).doesNotContain("s3cret");
        if (fault == Fault.MALFORMED_RESPONSE_CHUNK) {
            assertThat(result.answer()).isEqualTo(DELIVERED); // 200, then rubbish
        } else {
            assertThat(result.answer()).isEqualTo(RETRY);
            assertThat(result.seen()).startsWith("the connection broke: ");
        }
        SITE.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        DeliveryResult result = notifier.deliver(to("http://127.0.0.1:" + port + "/"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.seen()).startsWith("cannot connect: Connection refused");
    }

    @Test
    void saysWhenANameIsUnknown() {
        DeliveryResult result = notifier.deliver(to("http://nobody.invalid/"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.seen()).isEqualTo("the host's name is not known");
    }

    @Test
    void refusesACertificateNobodyVouchesFor() {
        answer(status(200));

        DeliveryResult result = notifier.deliver(to("https://localhost:" + SITE.getHttpsPort() + "/hook"));

        assertThat(result.answer()).isEqualTo(RETRY);
        assertThat(result.seen()).startsWith("TLS failed: ").contains("certification path");
        SITE.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void saysWhenTheOtherSideSpeaksNoTls() {
        assertThat(notifier.deliver(to("https://localhost:" + SITE.getPort() + "/"))
                        .seen())
                .startsWith("TLS failed: ");
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        answer(status(200).withFixedDelay(5_000));
        Thread.currentThread().interrupt();
        try {
            DeliveryResult result = notifier.deliver(event("/hook"));

            assertThat(result.answer()).isEqualTo(RETRY);
            assertThat(result.seen()).isEqualTo("interrupted while waiting for the answer");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void stopsAtAnAddressThatCannotBePostedTo() {
        DeliveryResult result = notifier.deliver(to("http://exa%00mple/"));

        assertThat(result.answer()).isEqualTo(STOP);
        assertThat(result.httpStatus()).isEmpty();
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SITE.stubFor(post(anyUrl()).willReturn(response));
    }

    private static WebhookEvent event(String path) {
        return to("http://localhost:" + SITE.getPort() + path);
    }

    private static WebhookEvent to(String url) {
        return new WebhookEvent("evt_1", new JobId("job_1"), WebhookTarget.of(url, true), BODY);
    }
}
