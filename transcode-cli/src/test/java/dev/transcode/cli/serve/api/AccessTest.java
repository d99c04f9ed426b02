package dev.transcode.cli.serve.api;

import static dev.transcode.cli.serve.api.ContractCallsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobJson;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, from where, and how often. */
class AccessTest {
    private static final String LIST = "/api/transcode/jobs";
    private static final String SUBMIT = "/api/transcode/submit";
    private static final String BODY = "{\"inputKey\": \"a\"}";

    @TempDir
    private static Path root;

    private static TestApi open;
    private static TestApi guarded;

    @BeforeAll
    static void start() {
        open = TestApi.open(root);
        guarded = TestApi.guarded(root);
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer ", "Basic YTpi", "a-token-of-the-tests", "Bearer a-token-of-the-test"})
    void withoutTheTokenNothingIsAnswered(String authorization) throws Exception {
        HttpResponse<String> answer = guarded.get(LIST, "Authorization", authorization);
        assertProblem(answer, 401, "unauthorized", "no valid token");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"transcode\"");
        assertProblem(guarded.post(SUBMIT, BODY, "Authorization", authorization), 401, "unauthorized", "token");
    }

    @Test
    void eachOfSeveralTokensIsGood() throws Exception {
        assertThat(guarded.get(LIST, "Authorization", "Bearer " + TestApi.TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(guarded.get(LIST, "Authorization", "bearer another-token").statusCode())
                .isEqualTo(200);
        assertThat(guarded.post(SUBMIT, BODY, "Authorization", "Bearer another-token")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theTokenBecomesACookieThatIsNotTheToken() throws Exception {
        HttpResponse<String> login = guarded.post("/api/transcode/login", "{\"token\": \"" + TestApi.TOKEN + "\"}");
        assertThat(login.statusCode()).isEqualTo(200);
        String set = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set)
                .startsWith("transcode_session=1.")
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800")
                .doesNotContain(TestApi.TOKEN, "Secure");
        String cookie = set.split(";", 2)[0];
        assertThat(guarded.get(LIST, "Cookie", cookie).statusCode()).isEqualTo(200);
        String forged = cookie.substring(0, cookie.length() - 1) + (cookie.endsWith("A") ? "B" : "A");
        assertProblem(guarded.get(LIST, "Cookie", forged), 401, "unauthorized", "token");
        String longer = cookie.replaceFirst("=1\\.", "=1.9");
        assertProblem(guarded.get(LIST, "Cookie", longer), 401, "unauthorized", "token");
        HttpResponse<String> logout = guarded.post("/api/transcode/logout", "{}", "Cookie", cookie);
        assertThat(logout.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }

    @Test
    void behindTlsTheCookieIsSecure() throws Exception {
        HttpResponse<String> login = guarded.post(
                "/api/transcode/login", "{\"token\": \"" + TestApi.TOKEN + "\"}", "X-Forwarded-Proto", "https");
        assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
    }

    @Test
    void aWrongTokenDoesNotLogIn() throws Exception {
        HttpResponse<String> answer = guarded.post("/api/transcode/login", "{\"token\": \"wrong\"}");
        assertProblem(answer, 401, "unauthorized", "cannot log in");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertProblem(guarded.get("/api/transcode/login"), 405, "method_not_allowed", "POST");
    }

    @Test
    void onLoopbackAnotherHostNameIsRefused() throws Exception {
        assertThat(raw(open, "GET " + LIST + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("wrong_host");
        assertThat(raw(open, "GET " + LIST + " HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw(open, "GET " + LIST + " HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
        // With a token a proxy may stand in front, under its own name.
        assertThat(raw(
                        guarded,
                        "GET " + LIST + " HTTP/1.1\r\nHost: video.example\r\nAuthorization: Bearer " + TestApi.TOKEN
                                + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anotherSitesPageCannotChangeAnything() throws Exception {
        assertProblem(open.post(SUBMIT, BODY, "Origin", "https://evil.example"), 403, "cross_origin", "another site");
        assertProblem(open.post(SUBMIT, BODY, "Origin", "null"), 403, "cross_origin", "another site");
        assertProblem(open.post(SUBMIT, BODY, "Sec-Fetch-Site", "same-site"), 403, "cross_origin", "another site");
        assertThat(open.post(SUBMIT, BODY, "Origin", open.url.toString(), "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyAnswerHasTheHeadersThatProtectBrowsers() throws Exception {
        for (HttpResponse<String> answer : List.of(open.get(LIST), open.get("/nothing"), guarded.get(LIST))) {
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void tooManyCallsAreToldToWait() throws Exception {
        try (TestApi limited = TestApi.with(root, builder -> builder.rateFactor(0.004))) {
            List<Integer> seen = new java.util.ArrayList<>();
            HttpResponse<String> last = limited.get(LIST);
            for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
                seen.add(last.statusCode());
                last = limited.get(LIST);
            }
            assertThat(seen).hasSizeBetween(4, 20);
            assertProblem(last, 429, "rate_limited", "too many calls");
            assertThat(last.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void guessingTokensIsSlow() throws Exception {
        try (TestApi own = TestApi.guarded(root)) {
            HttpResponse<String> last = own.get(LIST);
            for (int i = 0; i < 60 && last.statusCode() == 401; i++) {
                last = own.get(LIST, "Authorization", "Bearer guess-" + i);
            }
            assertProblem(last, 429, "rate_limited", "too many calls");
            assertThat(own.get(LIST, "Authorization", "Bearer " + TestApi.TOKEN).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void otherAddressesNeedAToken() {
        assertThatThrownBy(
                        () -> ApiConfig.of(Settings.of(Map.of("TRANSCODE_API_BIND", "0.0.0.0")), Optional.empty(), 0))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("cannot start: 0.0.0.0 lets other machines in")
                .hasMessageContaining("TRANSCODE_API_TOKEN");
        ApiConfig config = ApiConfig.of(
                Settings.of(Map.of("TRANSCODE_API_BIND", "0.0.0.0", "TRANSCODE_API_TOKEN", "one, two")),
                Optional.empty(),
                0);
        assertThat(config.tokens()).containsExactly("one", "two");
        assertThat(config).asString().doesNotContain("one");
        assertThat(ApiConfig.of(Settings.of(Map.of()), Optional.empty(), 3000).bind())
                .isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new ApiConfig("no such host.", 0, List.of(), List.of("q"), JobJson.Defaults.NONE, 1))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("cannot listen on 'no such host.'");
    }

    private static String raw(TestApi api, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
