package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The player in a network that gets better and worse. */
@Tag("playback")
class NetworkIT extends LadderInBrowser {
    /** Keeps little buffered, so that a change of the network is soon seen. */
    private static final String SMALL_BUFFER = """
            let hls;
            Object.defineProperty(window, 'Hls', {
              configurable: true,
              get: () => hls,
              set: (value) => {
                hls = value;
                Object.assign(value.DefaultConfig, { maxBufferLength: 8, maxMaxBufferLength: 8 });
              },
            });
            """;

    @Test
    void followsTheNetworkDownAndUpWithoutAStall() {
        browser.beforeEachPage(SMALL_BUFFER);
        browser.network(3 * MEGABIT);
        browser.play(page);
        browser.run("window.stalls = []; video.addEventListener('waiting', () => {"
                + " const ends = video.buffered.length ? video.buffered.end(video.buffered.length - 1) : 0;"
                + " if (!video.seeking && ends - video.currentTime < 0.3 && video.duration - ends > 0.3)"
                + " window.stalls.push(video.currentTime); });");
        await("height <= 480");
        browser.network(40 * MEGABIT);
        await("height >= 720");
        browser.screenshot("network-up");
        browser.network(3 * MEGABIT / 2);
        await("height <= 480");
        browser.screenshot("network-down");
        assertThat((List<?>) browser.run("return window.stalls;")).isEmpty();
    }

    /** Plays on until a picture of the wished height is there; starts again at the end. */
    private static void await(String condition) {
        browser.run("video.loop = true; await until(() => { const height = video.videoHeight; return " + condition
                + "; });");
    }
}
