package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.doctor.CheckLine.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thing is spoilt in each test: that line tells it, and the others stay good. */
class PackageAreaTest {
    private static final String MASTER = "/film/master.m3u8";
    private static final String VIDEO = "/film/r/v/index.m3u8";
    private static final String SOUND = "/film/r/a/index.m3u8";

    private WebPackage web;

    @BeforeEach
    void start() throws Exception {
        web = new WebPackage();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aGoodPackageIsGood() {
        List<CheckLine> lines = check(web.master());

        allOkBut("", lines);
        assertThat(lines)
                .extracting(CheckLine::name)
                .containsExactly(
                        "url",
                        "playlist",
                        "content type",
                        "addresses",
                        "segments",
                        "ranges",
                        "roku segments",
                        "cors",
                        "roku codecs",
                        "roku rates",
                        "start-up");
        assertThat(Lines.named(lines, "segments").seen()).contains("8 files looked at, of 6 segments");
    }

    @Test
    void playlistsOfAnotherTypeAreAWarning() {
        web.playlistType = "text/plain";

        spoilt("content type", Level.WARNING, "playlists come as text/plain");
    }

    @Test
    void withoutCorsOnlyRokuPlaysIt() {
        web.allowOrigin = "";
        spoilt("cors", Level.WARNING, "(11 of 11 answers): the answer has no Access-Control-Allow-Origin");
        web.allowOrigin = "https://other.example";
        spoilt("cors", Level.WARNING, "Access-Control-Allow-Origin is https://other.example");
        web.allowOrigin = Web.ORIGIN;
        assertThat(Lines.level(check(web.master()), "cors")).isEqualTo(Level.OK);
    }

    @Test
    void addressesThatLeadToAnotherHostAreAWarning() {
        String elsewhere = web.origin().replace("127.0.0.1", "localhost");
        absolute(web.origin());
        assertThat(Lines.named(check(web.master()), "addresses").seen()).contains("all 10 are absolute, at 127.0.0.1");
        web.replace(VIDEO, web.origin(), elsewhere);
        spoilt("addresses", Level.WARNING, "but lead to ");
    }

    @Test
    void someAbsoluteAndSomeRelativeAddressesAreAWarning() {
        web.replace(MASTER, "r/v/", web.origin() + "/film/r/v/");

        spoilt("addresses", Level.WARNING, "1 of 10 are absolute, the others relative");
    }

    @Test
    void aServerWithoutRangesIsAWarningUnlessThePlaylistsNeedThem() {
        web.ranges = false;
        spoilt("ranges", Level.WARNING, "whole files only");
        web.replace(SOUND, "#EXTINF:4.000,\ns1.m4s", "#EXTINF:4.000,\n#EXT-X-BYTERANGE:1000@0\ns1.m4s");
        assertThat(Lines.level(check(web.master()), "ranges")).isEqualTo(Level.FAILED);
    }

    @Test
    void aMissingSegmentIsAFailureThatNamesIt() {
        web.remove("/film/r/v/s1.m4s");

        spoilt("segments", Level.FAILED, "1 of 8 do not answer: r/v/s1.m4s: HTTP 404");
    }

    @Test
    void aMissingPlaylistIsAFailureThatNamesIt() {
        web.remove(SOUND);

        List<CheckLine> lines = check(web.master());

        assertThat(Lines.level(lines, "playlist")).isEqualTo(Level.FAILED);
        assertThat(Lines.named(lines, "playlist").seen()).contains("1 of 2", "r/a/index.m3u8: HTTP 404");
    }

    @Test
    void aLevelAboveFourPointTwoIsAFailure() {
        web.replace(MASTER, "avc1.64001F", "avc1.64003E");

        spoilt("roku codecs", Level.FAILED, "640x360: avc1.64003E is H.264 High level 6.2; it takes 4.2 at most");
    }

    @Test
    void segmentsThatOverflowSmallModelsAreAWarning() {
        web.put("/film/r/v/s1.m4s", new byte[8_000_000]);

        spoilt("roku segments", Level.WARNING, "a segment has 8.0 MB");
    }

    @Test
    void aHeavyFirstSegmentStartsLate() {
        assertThat(Lines.one(report -> StartUp.judge(report, Duration.ofMillis(100), 5_000_000)))
                .satisfies(line -> assertThat(line.level()).isEqualTo(Level.WARNING))
                .satisfies(line -> assertThat(line.seen()).contains("3 s are good"));
        web.put("/film/r/v/s0.m4s", new byte[12_000_000]);
        assertThat(Lines.level(check(web.master()), "start-up")).isEqualTo(Level.FAILED);
        assertThat(Lines.one(report -> StartUp.judge(report, Duration.ofMillis(100), 1_000_000))
                        .seen())
                .startsWith("about 900 ms to the first picture");
    }

    @Test
    void aRedirectIsFollowedAndTold() {
        web.moved = "/latest";

        List<CheckLine> lines = check(URI.create(web.origin() + "/latest?token=hunter2"));

        allOkBut("", lines);
        assertThat(lines.get(0).seen()).contains("redirected to").doesNotContain("hunter2");
    }

    @Test
    void addressesInAPlaylistThatMovedAreRelativeToWhereItIs() {
        web.moved = "/latest/";
        web.movedTo = "/film/r/";
        web.replace(MASTER, "r/v/index", "/latest/v/index");

        allOkBut("", check(web.master()));
    }

    @Test
    void whatIsNotThereOrNoPlaylistEndsTheCheck() {
        List<CheckLine> missing = check(web.master().resolve("no.m3u8"));
        assertThat(missing).extracting(CheckLine::level).containsExactly(Level.FAILED);
        assertThat(missing.get(0).seen()).endsWith("answers 404");

        web.put(MASTER, "<html>log in</html>");
        web.playlistType = "text/html";
        CheckLine page = Lines.named(check(web.master()), "playlist");
        assertThat(page.level()).isEqualTo(Level.FAILED);
        assertThat(page.seen()).contains("it is none (text/html)");

        web.close();
        assertThat(Lines.named(check(web.master()), "url").seen()).contains("connection refused");
    }

    @Test
    void fromHttpsNothingMayLeadToHttp() throws Exception {
        URI secure = URI.create("https://films.example/1/master.m3u8");
        List<LoadedPackage.Reference> references = List.of(
                new LoadedPackage.Reference(secure, "http://cdn.example/v.m3u8"),
                new LoadedPackage.Reference(secure, "https://cdn.example/a.m3u8"));

        CheckLine line = Lines.one(report -> PackageRules.addresses(report, secure, references));

        assertThat(line.level()).isEqualTo(Level.FAILED);
        assertThat(line.seen()).startsWith("1 of 2 lead from https to http");
    }

    /** Makes all addresses absolute. */
    private void absolute(String origin) {
        for (String track : new String[] {"v", "a"}) {
            String folder = origin + "/film/r/" + track + "/";
            String index = "/film/r/" + track + "/index.m3u8";
            web.replace(index, "init.mp4", folder + "init.mp4");
            web.replace(index, "\ns", "\n" + folder + "s");
            web.replace(MASTER, "r/" + track + "/index", folder + "index");
        }
    }

    private void spoilt(String name, Level level, String seen) {
        List<CheckLine> lines = check(web.master());
        CheckLine line = Lines.named(lines, name);
        assertThat(line.level()).isEqualTo(level);
        assertThat(line.seen()).contains(seen);
        assertThat(line.hint()).isNotEmpty();
        allOkBut(name, lines);
    }

    /** How long the start takes is measured, and a machine may be busy: tests of its own look at that. */
    private static void allOkBut(String name, List<CheckLine> lines) {
        assertThat(lines)
                .filteredOn(line -> !line.name().equals(name) && !line.name().equals("start-up"))
                .extracting(CheckLine::level)
                .containsOnly(Level.OK);
    }

    private static List<CheckLine> check(URI url) {
        return Doctor.ofPackage(url).run(line -> {});
    }
}
