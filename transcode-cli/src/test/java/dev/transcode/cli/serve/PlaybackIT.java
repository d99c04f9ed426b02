package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the transcoder makes plays in a real browser: through hls.js, by the browser itself, and as progressive MP4s. */
@Tag("playback")
class PlaybackIT extends LadderInBrowser {
    private static final double[] PLACES = {0.5, 0.1, 0.8, 0.3, 0.95};

    @AfterEach
    void unlimitTheNetwork() {
        browser.network(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?native"})
    void seeksAndPlaysToTheEnd(String engine) {
        browser.play(page + engine);
        for (double place : PLACES) {
            double off = browser.number(
                    "const to = video.duration * given[0]; await seek(to);"
                            + " await until(() => video.readyState >= 2);"
                            + " await video.play(); const facts = await frame(); return facts.mediaTime - to;",
                    place);
            assertThat(off)
                    .as("picture after the seek to %s of the length", place)
                    .isBetween(-0.1, 1.0);
        }
        assertThat(playToTheEnd()).isCloseTo(0, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?native"})
    void endsWhereTheLengthIsAMultipleOfTheSegment(String engine) throws Exception {
        Path folder = Films.wholeSegments();
        try (PlayServer whole = PlayServer.start(folder.resolve("master.m3u8"), 0)) {
            browser.play(whole.url() + engine);
            assertThat(browser.number("return video.duration;")).isCloseTo(12, within(0.05));
            browser.run("await seek(video.duration - 5); await video.play();");
            assertThat(playToTheEnd()).isCloseTo(0, within(0.1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1080p,1080", "720p,720", "480p,480", "360p,360"})
    void playsEveryLevelThroughHlsJs(String name, int height) {
        browser.play(page);
        browser.run(
                "document.querySelector(`input[name=quality][value=\"${given[0]}\"]`).click();"
                        + " await seek(9); await video.play();"
                        + " await until(() => document.querySelector('#badge').value === given[0]"
                        + " && video.videoHeight === given[1] && video.currentTime > 9.2); await frame();",
                name,
                height);
        browser.screenshot("level-" + name);
    }

    @ParameterizedTest
    @CsvSource({"1080p,1080", "720p,720", "480p,480", "360p,360"})
    void playsEveryLevelNatively(String name, int height) throws IOException {
        // The browser takes no orders: each level stands alone in a playlist.
        Path single = ladder.resolve("only-" + name + ".m3u8");
        Files.writeString(single, only(name));
        try (PlayServer alone = PlayServer.start(single, 0)) {
            browser.play(alone.url() + "?native");
            browser.run("await seek(9); await video.play();"
                    + " await until(() => video.currentTime > 9.2); await frame();");
            assertThat(browser.number("return video.videoHeight;")).isEqualTo(height);
            assertThat(browser.textOf("#badge")).isEqualTo(name);
            assertThat(browser.number("return video.webkitAudioDecodedByteCount;"))
                    .as("sound")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1080p", "720p", "480p", "360p"})
    void theMp4sCanBeSoughtWhileTheyCome(String name) {
        browser.network(6 * MEGABIT);
        browser.open(page);
        browser.run(
                "window.film = document.createElement('video'); film.muted = true;"
                        + " document.body.append(film); film.src = given[0];"
                        + " await event('loadeddata', film);",
                "/media/" + name + ".mp4");
        double loaded = browser.number("return film.buffered.length === 0 ? 0 : film.buffered.end(0) / film.duration;");
        double off = browser.number("const seeked = event('seeked', film); film.currentTime = film.duration * 0.8;"
                + " await seeked; return film.currentTime / film.duration;");
        assertThat(off).isBetween(0.79, 0.81);
        browser.run("await film.play(); await until(() => film.currentTime > film.duration * 0.8 + 0.2);");
        if (!name.equals("360p")) {
            assertThat(loaded).as("the seek came before the file").isLessThan(0.8);
        }
    }

    /** Seconds between the end of the film and where {@code ended} came. */
    private static double playToTheEnd() {
        return browser.number("video.playbackRate = 1; if (!video.ended) { const ended = event('ended');"
                + " await video.play(); await ended; } return video.duration - video.currentTime;");
    }

    /** The multivariant playlist with one variant. */
    private static String only(String name) throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> lines = Files.readAllLines(ladder.resolve("master.m3u8"));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#EXT-X-STREAM-INF:")) {
                if (lines.get(i + 1).contains("/v-" + name + "/")) {
                    text.append(line).append('\n').append(lines.get(i + 1)).append('\n');
                }
                i++;
            } else if (!line.startsWith("#EXT-X-I-FRAME")) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
