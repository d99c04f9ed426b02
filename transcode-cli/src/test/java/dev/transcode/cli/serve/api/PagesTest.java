package dev.transcode.cli.serve.api;

import static dev.transcode.cli.serve.api.ContractCallsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as files, and what they ask before anything else; what a browser makes of them, ServePageIT tells. */
class PagesTest {
    private static final String SESSION = "/api/transcode/session";

    /** What one file loads of another: in HTML, and in a module. */
    private static final Pattern LOADS =
            Pattern.compile("(?:src|<link[^>]* href)(?:=\"|: ')(/page/[^\"']+)[\"']|from '\\./([^']+)'");

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
    @ValueSource(strings = {"/", "/jobs/any"})
    void aPageNeedsNoTokenAndRunsNothingButItsOwnFiles(String path) throws Exception {
        for (TestApi api : new TestApi[] {open, guarded}) {
            HttpResponse<String> answer = api.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
            assertThat(answer.body()).doesNotContain("style=", "<style", "<script>", "onclick", "http:");
            HttpResponse<String> again = api.get(path, "If-None-Match", header(answer, "ETag"));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(api.send("HEAD", path, null).body()).isEmpty();
        }
        assertProblem(open.post(path, "{}"), 405, "method_not_allowed", "GET");
    }

    @Test
    void whatAPageLoadsIsThereAndMakesNoMarkupOfText() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>();
        next.add("/");
        next.add("/jobs/any");
        while (!next.isEmpty()) {
            String path = next.remove();
            if (files.containsKey(path)) {
                continue;
            }
            HttpResponse<String> answer = guarded.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            files.put(path, answer.body());
            Matcher loads = LOADS.matcher(path.equals("/page/hls.js") ? "" : answer.body());
            while (loads.find()) {
                next.add(loads.group(1) != null ? loads.group(1) : "/page/" + loads.group(2));
            }
        }
        assertThat(files).containsKeys("/page/hls.js", "/page/serve.css", "/page/submit.js", "/page/plot.js");
        files.remove("/page/hls.js");
        assertThat(files)
                .allSatisfy((path, text) -> assertThat(text)
                        .as(path)
                        .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"));
        assertProblem(guarded.get("/page/none.js"), 404, "not_found", "none such");
        assertProblem(guarded.get("/page/../jobs.html"), 404, "not_found", "none such");
    }

    @Test
    void thePageAsksWhetherATokenIsNeeded() throws Exception {
        assertSession(open, false, false);
        assertSession(guarded, true, false);
        // Else tokens could be guessed here faster than by logging in.
        assertSession(guarded, true, false, "Authorization", "Bearer " + TestApi.TOKEN);
        String cookie =
                header(guarded.post("/api/transcode/login", "{\"token\": \"" + TestApi.TOKEN + "\"}"), "Set-Cookie");
        assertSession(guarded, true, true, "Cookie", "other=1; " + cookie.split(";", 2)[0]);
        assertSession(guarded, true, false, "Cookie", cookie.split(";", 2)[0] + "x");
        assertProblem(guarded.post(SESSION, "{}"), 405, "method_not_allowed", "GET");
    }

    private static void assertSession(TestApi api, boolean tokenNeeded, boolean loggedIn, String... headers)
            throws Exception {
        JsonObject json = TestApi.json(api.get(SESSION, headers));
        assertThat(json.get("tokenNeeded").getAsBoolean()).isEqualTo(tokenNeeded);
        assertThat(json.get("loggedIn").getAsBoolean()).isEqualTo(loggedIn);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
