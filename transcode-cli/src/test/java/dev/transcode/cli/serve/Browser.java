package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window. Scripts wait for events of the page, with a time limit; nothing here sleeps. Not
 * thread-safe.
 */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What every script may call; {@code done} ends it. */
    private static final String TOOLS = """
            const done = arguments[arguments.length - 1];
            const video = document.querySelector('video');
            const event = (type, on = video) => new Promise((yes) => on.addEventListener(type, yes, { once: true }));
            const frame = () => new Promise((yes) => video.requestVideoFrameCallback((now, facts) => yes(facts)));
            const turn = () => new Promise((yes) => requestAnimationFrame(yes));
            const until = async (test) => { while (!test()) await turn(); };
            const seek = async (to) => {
              const shown = Promise.all([frame(), event('seeked')]);
              video.currentTime = to;
              return (await shown)[0];
            };
            """;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; skips the test where there is no Chromium, unless {@code TRANSCODE_IT=required}. */
    static Browser start() {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            String missing = CHROMIUM + " and " + DRIVER + " are needed: apt-get install chromium chromium-driver";
            if ("required".equals(System.getenv("TRANSCODE_IT"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=1280,1000");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(LIMIT);
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        return new Browser(driver);
    }

    /** Opens a page and waits for its load event. */
    void open(String url) {
        driver.get(url);
    }

    /** Opens a page and plays it until a frame beyond the first is on the screen. */
    void play(String url) {
        open(url);
        run("await until(() => video.readyState > 0); await video.play(); await until(() => video.currentTime > 0.1);"
                + " await frame();");
    }

    /** Runs an async function's body and returns what it returns; its exception fails the test. */
    Object run(String body, Object... arguments) {
        String script = TOOLS + "(async (...given) => {" + body + "})(...arguments).then((value) => done({ value }),"
                + " (error) => done({ error: String(error) + ' ' + (error.stack ?? '') }));";
        Map<?, ?> answer = (Map<?, ?>) driver.executeAsyncScript(script, arguments);
        assertThat(answer).isNotNull();
        assertThat(answer.get("error")).as(body).isNull();
        return answer.get("value");
    }

    double number(String body, Object... arguments) {
        return ((Number) run(body, arguments)).doubleValue();
    }

    String text(String body, Object... arguments) {
        return String.valueOf(run(body, arguments));
    }

    /** Runs a script at the start of every page from now on. */
    void beforeEachPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Limits the network to this many bit/s each way; 0 = no limit. */
    void network(long bitsPerSecond) {
        double bytes = bitsPerSecond == 0 ? -1 : bitsPerSecond / 8.0;
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        false,
                        "latency",
                        bitsPerSecond == 0 ? 0 : 20,
                        "downloadThroughput",
                        bytes,
                        "uploadThroughput",
                        bytes));
    }

    void colors(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** Lets a test bring its own scripts into a page that forbids them. */
    void allowOwnScripts() {
        driver.executeCdpCommand("Page.setBypassCSP", Map.of("enabled", true));
    }

    /** Keys for what has the focus. */
    void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Types into a field, behind what is there; into a choice, the beginning of one. */
    void type(String selector, CharSequence text) {
        driver.findElement(By.cssSelector(selector)).sendKeys(text);
    }

    String textOf(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Warnings and errors of the pages since the last call: scripts, refused requests, the security policy. */
    List<String> complaints() {
        List<String> lines = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(entry.getMessage());
            }
        }
        return lines;
    }

    /** Keeps a picture of what is seen as a build artefact, {@code target/screenshots/<name>.png}. */
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
