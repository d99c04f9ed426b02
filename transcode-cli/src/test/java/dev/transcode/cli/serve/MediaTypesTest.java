package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource({
        "/master.m3u8, application/x-mpegURL",
        "/r-1a2b3c4d-7/v-720p/s00000.m4s, video/iso.segment",
        "/r-1a2b3c4d-7/v-720p/init.mp4, video/mp4",
        "/r-1a2b3c4d-7/a-128k/s00000.m4s, audio/mp4",
        "/r-1a2b3c4d-7/a-128k/init.mp4, audio/mp4",
        "/720p.MP4, video/mp4",
        "/thumbs.bif, application/octet-stream",
        "/subtitles.vtt, text/vtt",
        "/manifest.mpd, application/dash+xml",
        "/page.html, application/octet-stream",
        "/picture.svg, application/octet-stream",
        "/noextension, application/octet-stream"
    })
    void knowsWhatAPackageHoldsAndLetsNoBrowserRunTheRest(String path, String type) {
        assertThat(MediaTypes.contentType(path)).isEqualTo(type);
    }

    @Test
    void onlyWhatIsNeverWrittenTwiceIsKept() {
        assertThat(MediaTypes.cacheControl("/r-1a2b3c4d-7/v-720p/s00000.m4s")).contains("immutable");
        assertThat(MediaTypes.cacheControl("/site/r-1a2b3c4d-7/report.json")).contains("immutable");
        assertThat(MediaTypes.cacheControl("/master.m3u8")).isEqualTo("no-cache");
        assertThat(MediaTypes.cacheControl("/720p.mp4")).isEqualTo("no-cache");
        assertThat(MediaTypes.cacheControl("/r-other/v-720p/s00000.m4s")).isEqualTo("no-cache");
    }
}
