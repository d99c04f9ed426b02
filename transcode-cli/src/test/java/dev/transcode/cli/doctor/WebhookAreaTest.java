package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.worker.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAreaTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final List<String> methods = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 405;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            methods.add(exchange.getRequestMethod());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aHandlerThatAnswersIsReachableAndHearsNoEvent() {
        List<CheckLine> lines =
                check(Map.of("WEBHOOK_URL", url() + "/hook?token=hunter2", "TRANSCODE_WEBHOOK_SECRET", SECRET));

        assertThat(lines).extracting(CheckLine::level).containsOnly(Level.OK);
        assertThat(Lines.named(lines, "webhook").seen()).contains("answers 405").doesNotContain("hunter2");
        assertThat(methods).containsExactly("HEAD");
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "204, OK",
        "400, OK",
        "301, WARNING",
        "401, WARNING",
        "403, WARNING",
        "404, WARNING",
        "410, WARNING",
        "500, WARNING",
        "503, WARNING"
    })
    void answersThatWillNotDoAreWarnings(int answer, Level level) {
        status = answer;

        assertThat(Lines.level(check(Map.of("WEBHOOK_URL", url() + "/hook")), "webhook"))
                .isEqualTo(level);
    }

    @Test
    void aHandlerThatIsAwayIsAFailure() {
        String url = url();
        server.stop(0);

        CheckLine line = Lines.named(check(Map.of("WEBHOOK_URL", url + "/hook")), "webhook");

        assertThat(line.level()).isEqualTo(Level.FAILED);
        assertThat(line.seen()).contains("cannot reach", "connection refused");
    }

    @Test
    void withoutSecretTheReceiverCannotTellWhoPosts() {
        assertThat(Lines.level(check(Map.of("WEBHOOK_URL", url())), "webhook signature"))
                .isEqualTo(Level.WARNING);
        CheckLine wrong = Lines.named(
                check(Map.of("WEBHOOK_URL", url(), "TRANSCODE_WEBHOOK_SECRET", "hunter2")), "webhook signature");
        assertThat(wrong.level()).isEqualTo(Level.FAILED);
        assertThat(wrong.seen()).doesNotContain("hunter2");
    }

    @Test
    void withoutWebhookNothingIsAmiss() {
        assertThat(check(Map.of())).extracting(CheckLine::level).containsExactly(Level.SKIPPED);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<CheckLine> check(Map<String, String> env) {
        return Lines.of(report -> {
            try {
                new WebhookArea(Settings.of(env)).examine(report);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
