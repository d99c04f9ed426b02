package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.job.JobFields;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What people see and do at the address that {@code transcode serve} prints, in a real browser, with a real worker. */
class ServePageIT {
    private static final String LADDER = "[{\"name\": \"720p\", \"height\": 720, \"bitrate\": \"2M\","
            + " \"audio_bitrate\": \"96k\", \"preset\": \"superfast\"}, {\"name\": \"360p\", \"height\": 360,"
            + " \"bitrate\": \"600k\", \"audio_bitrate\": \"64k\", \"preset\": \"superfast\"}]";

    /** Nobody waits for its end. */
    private static final String SLOW = "'inputKey': 'clip.mp4', 'preset': 'slow'";

    private static final String ATTACK = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

    /** The states of the streams that the page opened: 1 = open, 2 = closed. */
    private static final String STREAMS = "return window.streams.map((one) => one.readyState).join();";

    private static Browser browser;
    private static ServeBench bench;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        bench = new ServeBench(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "serve-page"));
    }

    @AfterAll
    static void stop() {
        if (bench != null) {
            bench.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void desktop() {
        browser.size(1280, 1000, false);
        browser.colors("light");
    }

    @Test
    void submitsAJobWatchesItPlaysTheResultAndSwitchesTheLevel() throws Exception {
        openJobs();
        browser.type("#key", "clip.mp4");
        browser.type("#prefix", "out/shown");
        browser.type("#id", "shown");
        browser.type("#profile", "own");
        browser.run("const ladder = document.querySelector('#ladder'); ladder.value = given[0];", LADDER);
        browser.click("#form [type=submit]");
        browser.run("await until(() => document.querySelector('[data-id=shown] .state')?.textContent === 'processing');"
                + " window.kept = document.querySelector('[data-id=shown]');");
        assertThat(browser.textOf("#form .said")).contains("shown");
        browser.run("await until(() => window.kept.querySelector('progress').value > 5);");
        browser.screenshot("serve-progress");
        List<?> seen = (List<?>) browser.run("const seen = []; const state = window.kept.querySelector('.state');"
                + " await until(() => { const now = window.kept.querySelector('.how').textContent;"
                + " if (now && now !== seen.at(-1)) seen.push(now); return state.textContent !== 'processing'; });"
                + " return seen;");
        System.out.println("progress on the page: " + seen);
        assertThat(seen)
                .hasSizeGreaterThan(2)
                .anySatisfy(line -> assertThat(String.valueOf(line))
                        .matches("encode · \\d+\\.\\d % · \\d+\\.\\d\\dx( · \\d+:\\d\\d left)?"));
        assertThat(browser.text(
                        "return window.kept.isConnected + ' ' + window.kept.querySelector('.state').textContent;"))
                .as("the same element, not a new one")
                .isEqualTo("true complete");

        browser.click("[data-id=shown] a");
        browser.run("await until(() => document.querySelector('video')?.readyState > 0);");
        browser.run("await video.play(); await until(() => video.currentTime > 0.2);");
        for (String[] level : new String[][] {{"360p", "360"}, {"720p", "720"}}) {
            browser.run(
                    "document.querySelector(`input[name=quality][value=\"${given[0]}\"]`).click();"
                            + " await seek(9); await video.play();"
                            + " await until(() => document.querySelector('#badge').value === given[0]"
                            + " && video.videoHeight === Number(given[1])); await frame();",
                    level[0],
                    level[1]);
        }
        browser.run("video.pause(); await until(() => document.querySelector('svg.plot path.line'));");
        assertThat(browser.textOf("#source")).contains("1280x720", "h264");
        assertThat(browser.textOf("#findings")).contains("mono");
        assertThat(browser.textOf("#plan")).contains("720p", "superfast", "audio 96k");
        assertThat(browser.textOf("#renditions")).contains("avc1.", "mp4a.40.2");
        assertThat(browser.number("return document.querySelectorAll('svg.plot path.line').length;"))
                .isEqualTo(2);
        assertThat(browser.textOf("#files")).contains("master.m3u8", "360p.mp4");
        assertThat(browser.textOf("#facts")).contains("films/clip.mp4", "films/out/shown", "w-page", "took");
        assertThat(browser.textOf("#log")).contains("encode");
        looks("serve-job", 1280, 1750, 390, 3300, () -> {});
        assertStaysHere();

        bench.delete("out/shown/master.m3u8");
        browser.open(bench.url() + "/jobs/shown");
        browser.run("await until(() => !document.querySelector('#problem').hidden);");
        assertThat(browser.textOf("#problem")).contains("master.m3u8", "404");
        assertThat(browser.textOf("#facts")).contains("took");
        assertThat(browser.complaints()).allSatisfy(line -> assertThat(line).contains("404"));
    }

    @Test
    void cancelsARunningJobAndTriesItAgain() throws Exception {
        bench.submit("{'id': 'stopped', " + SLOW + "}");
        bench.submit("{'id': 'behind', " + SLOW + "}");
        browser.open(bench.url() + "/jobs/stopped");
        // While it runs, it is told already what was found and what is planned.
        browser.run(
                "await until(() => document.querySelector('#plan td') && document.querySelector('#bar').value > 5);");
        assertThat(browser.textOf("#how")).contains("encode");
        assertThat(browser.textOf("#source")).contains("1280x720");
        browser.screenshot("serve-running");
        browser.click("#cancel");
        browser.run("await until(() => document.querySelector('#state').textContent === 'cancelled');");
        browser.screenshot("serve-cancelled");
        browser.click("#retry");
        browser.run("await until(() => document.querySelector('#state').textContent === 'queued');");

        openJobs();
        browser.run(
                "await until(() => document.querySelector('[data-id=behind] .state')?.textContent === 'processing');");
        bench.cancel("behind", "stopped");
        browser.run("const state = (id) => document.querySelector(`[data-id=${id}] .state`)?.textContent;"
                + " await until(() => state('behind') === 'cancelled' && state('stopped') === 'cancelled');");
        assertStaysHere();
    }

    @Test
    void saysAtTheFieldWhatIsWrong() {
        openJobs();
        browser.click("#form [type=submit]");
        assertThat(browser.textOf("#key-error")).contains("which object");
        assertThat(browser.text("return document.activeElement.id;")).isEqualTo("key");

        browser.type("#key", "clip.mp4");
        browser.type("#webhook", "ftp://example.com");
        submitAndAwait("webhook");
        assertThat(browser.textOf("#webhook-error")).contains("http://");
        browser.type("#webhook", Keys.chord(Keys.CONTROL, "a") + Keys.DELETE);
        browser.type("#id", "no id!");
        submitAndAwait("id");
        browser.type("#id", Keys.chord(Keys.CONTROL, "a") + Keys.DELETE);
        browser.type("#prefix", "a/../b");
        submitAndAwait("prefix");
        browser.type("#profile", "own");
        browser.type("#ladder", Keys.chord(Keys.CONTROL, "a") + "[{\"name\": \"720p\", \"height\": 720}]");
        browser.type("#prefix", Keys.chord(Keys.CONTROL, "a") + Keys.DELETE);
        submitAndAwait("ladder");
        assertThat(browser.textOf("#ladder-error")).contains("Rung 1", "bitrate");
        browser.screenshot("serve-form-error");
        browser.type("#ladder", "]");
        submitAndAwait("ladder");
        assertThat(browser.textOf("#ladder-error")).contains("no JSON");
        // The console tells of the answers 400.
        assertThat(browser.complaints()).allSatisfy(line -> assertThat(line).contains("400"));
    }

    @Test
    void whatOthersWroteIsTextAndNothingElse() throws Exception {
        bench.submit(
                "{'id': 'hostile', 'queue': 'transcode_jobs_low', 'inputKey': '" + ATTACK.replace("\"", "\\\"") + "'}");
        bench.fail(
                "hostile",
                ATTACK,
                Map.of(
                        JobFields.LOG,
                        ATTACK,
                        JobFields.FINDINGS,
                        "[{\"code\": \"x\", \"message\": \"<script>window.hacked=1</script>\"}]",
                        JobFields.MEDIA,
                        "{\"container\": \"<img src=x onerror=window.hacked=1>\", \"duration\": 1, \"bytes\": 1,"
                                + " \"audio\": [], \"findings\": []}",
                        JobFields.SPEED,
                        ATTACK,
                        JobFields.WEBHOOK_URL,
                        ATTACK));
        openJobs();
        browser.run("await until(() => document.querySelector('[data-id=hostile] .error').textContent);");
        assertThat(browser.textOf("[data-id=hostile] .error")).startsWith("<img src=x");
        browser.open(bench.url() + "/jobs/hostile");
        browser.run("await until(() => document.querySelector('#log pre') && document.querySelector('#source dd'));");
        assertThat(browser.textOf("#failure")).contains(ATTACK, "bad_input");
        assertThat(browser.textOf("#source")).contains("<img src=x onerror");
        browser.screenshot("serve-failed");
        assertThat(browser.number("return document.querySelectorAll('main img, main script').length;"))
                .isZero();
        assertThat(browser.run("return window.hacked ?? null;")).isNull();
        assertStaysHere();

        browser.open(bench.url() + "/jobs/%3Cimg%20src=x%20onerror=alert(1)%3E");
        browser.run("await until(() => !document.querySelector('#problem').hidden);");
        assertThat(browser.textOf("#problem")).contains("no such job");
        browser.screenshot("serve-unknown");
        assertThat(browser.complaints()).allSatisfy(line -> assertThat(line).contains("404"));
    }

    @Test
    void tellsWhatBecomesOfTheWebhook() throws Exception {
        bench.submit("{'id': 'told', 'queue': 'transcode_jobs_low', 'inputKey': 'clip.mp4'}");
        bench.fail("told", "no such film", Map.of(JobFields.WEBHOOK_URL, "https://example.org/hook"));
        browser.open(bench.url() + "/jobs/told");
        browser.run("await until(() => document.querySelector('#failure p'));");
        assertThat(browser.number("return document.querySelector('#webhook').hidden ? 1 : 0;"))
                .isEqualTo(1);
        bench.tried("told", "try 1 to https://example.org/hook: HTTP 500, again in 5 s", true);
        browser.run("await until(() => document.querySelector('#webhook pre'));");
        assertThat(browser.textOf("#webhook")).contains("HTTP 500").doesNotContain("try 2");
        bench.tried("told", "try 2 to https://example.org/hook: HTTP 204, delivered", false);
        browser.run("await until(() => document.querySelector('#webhook').textContent.includes('delivered'));");
        assertThat(browser.textOf("#webhook")).contains("HTTP 500", "HTTP 204");
        browser.screenshot("serve-webhook");
        assertStaysHere();
    }

    @Test
    void longNamesFitAPhone() throws Exception {
        String id = "long-" + "n".repeat(123);
        bench.submit("{'id': '" + id + "', 'queue': 'transcode_jobs_low', 'inputKey': '" + "k".repeat(900) + "'}");
        browser.size(390, 900, true);
        openJobs();
        browser.run("await until(() => document.querySelector('[data-id^=long]'));");
        assertFits();
        browser.open(bench.url() + "/jobs/" + id);
        browser.run("await until(() => document.querySelector('#facts dd'));");
        browser.screenshot("serve-long-name");
        assertFits();
        bench.cancel(id);
    }

    @Test
    void showsJobsAsTheyComeByStateAndPage() throws Exception {
        for (int i = 0; i < 24; i++) {
            bench.submitWaiting("waits-" + i);
        }
        openJobs();
        browser.run("await until(() => document.querySelectorAll('.job').length === 20);");
        assertThat(browser.textOf(".jobs li")).startsWith("waits-23");
        bench.submitWaiting("waits-24");
        browser.run("await until(() => document.querySelector('.job').dataset.id === 'waits-24');");
        assertThat(browser.number("return document.querySelectorAll('.job').length;"))
                .as("a new one takes the place of the oldest")
                .isEqualTo(20);
        browser.click("#more");
        browser.run("await until(() => document.querySelectorAll('.job').length > 24);");
        browser.run("await until(() => Number(document.querySelector("
                + "'[data-queue=transcode_jobs_low] .waiting dd').textContent) >= 25);");
        assertThat(browser.textOf("[data-queue=transcode_jobs_low]")).contains("No worker");
        assertThat(browser.textOf("[data-queue=transcode_jobs] .workers")).contains("1");

        browser.click("#filter label:nth-of-type(6)");
        bench.cancel("waits-24");
        browser.run(
                "await until(() => document.querySelector('.job')?.dataset.id === 'waits-24'"
                        + " && [...document.querySelectorAll('.job .state')].every((one) => one.textContent === 'cancelled'));");
        browser.click("#filter label:nth-of-type(1)");
        browser.run("await until(() => document.querySelectorAll('.job').length === 20);");
        looks("serve-jobs", 1280, 1000, 390, 1300, ServePageIT::openJobs);
        // By keyboard: from the first focus on, to a filter, and one further.
        browser.size(1280, 1000, false);
        openJobs();
        for (int i = 0;
                i < 14
                        && !browser.text("return document.activeElement.name ?? '';")
                                .equals("status");
                i++) {
            browser.keys(Keys.TAB);
        }
        browser.keys(Keys.ARROW_RIGHT);
        browser.run("await until(() => location.search === '?status=queued');");
        assertThat(browser.text("return getComputedStyle(document.activeElement.nextSibling).outlineStyle;"))
                .isEqualTo("solid");
        assertStaysHere();
        for (int i = 0; i < 24; i++) {
            bench.cancel("waits-" + i);
        }
    }

    @Test
    void asksForATokenWhereOneIsNeeded() throws Exception {
        try (ApiServer guarded = bench.guarded()) {
            browser.open(guarded.url().toString());
            browser.run("await until(() => document.querySelector('dialog[open]'));");
            browser.screenshot("serve-login");
            assertThat(browser.complaints()).isEmpty();
            browser.type("#token", "a guess" + Keys.ENTER);
            browser.run("await until(() => document.querySelector('#token-error').textContent);");
            assertThat(browser.complaints()).allSatisfy(line -> assertThat(line).contains("401"));
            browser.type("#token", Keys.chord(Keys.CONTROL, "a") + ServeBench.TOKEN + Keys.ENTER);
            browser.run("await until(() => !document.querySelector('dialog')"
                    + " && !document.querySelector('#live').hidden && document.querySelector('.queue'));");
            assertThat(browser.text("return document.cookie;")).isEmpty();
            assertThat(browser.textOf("#foot")).contains("A token is needed");
            browser.open(guarded.url() + "/jobs/nothing");
            browser.run("await until(() => !document.querySelector('#problem').hidden);");
            assertThat(browser.textOf("#problem")).contains("no such job");
            browser.complaints();
            browser.click("#logout");
            browser.run("await until(() => document.querySelector('dialog[open]'));");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void goesOnAfterTheServerWasAway() throws Exception {
        openJobs();
        bench.restart(() -> {
            browser.run("await until(() => document.querySelector('#live').hidden"
                    + " && !document.querySelector('#problem').hidden);");
            browser.screenshot("serve-away");
        });
        bench.submitWaiting("later");
        browser.run("await until(() => document.querySelector('[data-id=later]')"
                + " && !document.querySelector('#live').hidden && document.querySelector('#problem').hidden);");
        browser.complaints();
        bench.cancel("later");
    }

    @Test
    void letsGoOfTheEventsWhileNobodySeesIt() throws Exception {
        browser.beforeEachPage("window.streams = []; const Plain = EventSource;"
                + " window.EventSource = class extends Plain {"
                + " constructor(address) { super(address); window.streams.push(this); } };");
        openJobs();
        assertThat(browser.text(STREAMS)).isEqualTo("1");
        see(false);
        assertThat(browser.text(STREAMS)).isEqualTo("2");
        bench.submitWaiting("unseen");
        assertThat(browser.run("return document.querySelector('[data-id=unseen]');"))
                .isNull();
        see(true);
        browser.run("await until(() => document.querySelector('[data-id=unseen]'));");
        assertThat(browser.text(STREAMS)).isEqualTo("2,1");
        assertStaysHere();
        bench.cancel("unseen");
    }

    /** As a browser says it of a tab that goes into the background. */
    private static void see(boolean visible) {
        browser.run(
                "Object.defineProperty(document, 'hidden', { value: !given[0], configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange'));",
                visible);
    }

    private static void openJobs() {
        browser.open(bench.url() + "/");
        browser.run("await until(() => !document.querySelector('#live').hidden"
                + " && document.querySelector('#profile').options.length > 1 && document.querySelector('.queue'));");
    }

    private static void submitAndAwait(String field) {
        browser.run(
                "document.querySelector('#form').requestSubmit();"
                        + " await until(() => document.querySelector(`#${given[0]}-error`).textContent"
                        + " && document.activeElement.id === given[0]);",
                field);
    }

    /** Pictures in light and dark, on a desk and on a phone; nothing may be wider than the screen. */
    private static void looks(String name, int width, int height, int phoneWidth, int phoneHeight, Runnable open) {
        for (String scheme : List.of("light", "dark")) {
            browser.colors(scheme);
            for (boolean phone : new boolean[] {false, true}) {
                browser.size(phone ? phoneWidth : width, phone ? phoneHeight : height, phone);
                open.run();
                browser.run("await turn(); await turn();");
                browser.screenshot(name + (phone ? "-phone-" : "-") + scheme);
                assertFits();
            }
        }
    }

    private static void assertFits() {
        assertThat(browser.number("return document.scrollingElement.scrollWidth - innerWidth;"))
                .as("nothing is wider than the screen")
                .isLessThanOrEqualTo(0);
    }

    /** No request left the origin, and neither script nor security policy complained. */
    private static void assertStaysHere() {
        assertThat((List<?>) browser.run("return performance.getEntriesByType('resource').map((one) => one.name);"))
                .hasSizeGreaterThan(8)
                .allSatisfy(address -> assertThat(
                                URI.create(String.valueOf(address).replace("blob:", ""))
                                        .getAuthority())
                        .isEqualTo(URI.create(bench.url()).getAuthority()));
        assertThat(browser.complaints()).isEmpty();
    }
}
