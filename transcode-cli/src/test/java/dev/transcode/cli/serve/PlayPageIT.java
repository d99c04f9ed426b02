package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What people see at the address that {@code transcode play} prints. */
class PlayPageIT extends LadderInBrowser {
    @Test
    void showsPlayerFactsAndPlotInDarkAndLightAndOnAPhone() {
        for (String scheme : List.of("light", "dark")) {
            browser.colors(scheme);
            look(1280, 1500, false, "play-" + scheme);
            look(390, 2400, true, "play-phone-" + scheme);
        }
        browser.size(1280, 1000, false);
        assertThat(browser.textOf("#source")).contains("1920x1080");
        assertThat(browser.textOf("#renditions")).contains("1080p", "720p", "480p", "360p", "avc1.", "mp4a.40.2");
        assertThat(browser.textOf("#timings")).contains("probe", "encode", "ffmpeg");
        assertThat(browser.textOf("#files")).contains("master.m3u8", "720p.mp4");
        assertThat(browser.number("return document.querySelectorAll('svg.plot path.line').length;"))
                .isEqualTo(4);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void asksNothingOfAnotherOrigin() {
        browser.play(page);
        assertThat((List<?>) browser.run("return performance.getEntriesByType('resource').map((one) => one.name);"))
                .hasSizeGreaterThan(10)
                .allSatisfy(address -> assertThat(
                                URI.create(String.valueOf(address)).getAuthority())
                        .isEqualTo(server.url().getAuthority()));
        // hls.js starts its worker from a blob: allowed, and silent.
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        browser.play(page);
        for (int i = 0;
                i < 12
                        && !browser.text("return document.activeElement.name ?? '';")
                                .equals("quality");
                i++) {
            browser.keys(Keys.TAB);
        }
        browser.keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.text("return document.activeElement.value;")).isEqualTo("720p");
        browser.run("await seek(0.5); await video.play();"
                + " await until(() => document.querySelector('#badge').value === '720p');");
        assertThat(browser.text("return getComputedStyle(document.activeElement.nextSibling).outlineStyle;"))
                .isEqualTo("solid");
    }

    @Test
    void saysWhatItDoesNotKnowOfAForeignPackage() throws Exception {
        Path folder = Films.foreign();
        try (PlayServer foreign = PlayServer.start(folder.resolve("main.m3u8"), 0)) {
            browser.play(foreign.url().toString());
            browser.run("await until(() => document.querySelector('svg.plot path.line'));");
            assertThat(browser.textOf("#source")).contains("no report.json");
            assertThat(browser.textOf("#renditions")).contains("640x360");
            browser.screenshot("play-foreign");
        }
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        Path folder = Films.foreign();
        java.nio.file.Files.writeString(
                folder.resolve("broken.m3u8"),
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360\nnowhere.m3u8\n");
        try (PlayServer broken = PlayServer.start(folder.resolve("broken.m3u8"), 0)) {
            browser.open(broken.url().toString());
            browser.run("await until(() => !document.querySelector('#problem').hidden);");
            assertThat(browser.textOf("#problem")).contains("nowhere.m3u8", "404");
            browser.screenshot("play-broken");
            browser.open("about:blank"); // The page would ask again, and complain into the next test.
        }
        browser.complaints();
    }

    private static void look(int width, int height, boolean mobile, String name) {
        browser.size(width, height, mobile);
        browser.play(page);
        browser.run(
                "video.pause(); await seek(9);" + " await until(() => document.querySelector('svg.plot path.line'));");
        browser.screenshot(name);
        assertThat(browser.number("return document.scrollingElement.scrollWidth - innerWidth;"))
                .as("nothing is wider than the screen")
                .isLessThanOrEqualTo(0);
    }
}
