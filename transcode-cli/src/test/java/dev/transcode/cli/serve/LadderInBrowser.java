package dev.transcode.cli.serve;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A browser, and the four rungs of {@code roku-hls} as {@code transcode play} serves them; for all tests of a class. */
abstract class LadderInBrowser {
    static final long MEGABIT = 1_000_000;

    static Browser browser;
    static Path ladder;
    static PlayServer server;

    /** The address of the player's page. */
    static String page;

    @BeforeAll
    static void startBrowserAndServer() throws Exception {
        browser = Browser.start();
        ladder = Films.ladder();
        server = PlayServer.start(ladder.resolve("master.m3u8"), 0);
        page = server.url().toString();
    }

    @AfterAll
    static void stopBrowserAndServer() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }
}
