package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long it takes from opening the page to a film that plays. */
@Tag("start")
class StartIT extends LadderInBrowser {
    /** What a browser and a server do only once, after their own start, is not meant. */
    @BeforeAll
    static void warmUp() {
        browser.play(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?native"})
    void startsWithinThreeSecondsAtTenMegabits(String engine) {
        browser.network(10 * MEGABIT);
        browser.open(page + engine);
        double millis = browser.number(
                "await until(() => video.readyState > 0); video.play(); let shown; do { shown = await new Promise((yes) =>"
                        + " video.requestVideoFrameCallback((now, facts) => yes({ now, at: facts.mediaTime })));"
                        + " } while (shown.at < 0.08); return shown.now;");
        System.out.printf("start at 10 Mbit/s%s: %.0f ms after navigation%n", engine, millis);
        browser.screenshot("start" + engine.replace('?', '-'));
        assertThat(millis).isLessThan(3_000);
    }
}
