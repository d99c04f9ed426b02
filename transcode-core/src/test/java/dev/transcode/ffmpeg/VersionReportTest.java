package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionReportTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"5.1", "5.1.9-0+deb12u1", "8.1.2", "n6.0", "n7.1-dev-10-g1234567", "10.0", "6.1-full_build"})
    void releasesFrom51OnAreRecent(String version) {
        assertThat(parse("ffmpeg version " + version + " Copyright").isRecent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.2-0ubuntu0.22.04.1", "5.0.3", "n4.0", "0.11"})
    void olderOnesAreNot(String version) {
        assertThat(parse("ffmpeg version " + version + " Copyright", "libavutil 99. 1.100 / 99. 1.100")
                        .isRecent())
                .as("the release counts more than the library")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'libavutil      57. 28.100 / 57. 28.100', true",
        "'libavutil      60. 26.100 / 60. 26.100', true",
        "'libavutil      57. 17.100 / 57. 17.100', false",
        "'libavutil      56. 70.100 / 56. 70.100', false",
    })
    void aBuildFromGitIsJudgedByItsLibrary(String library, boolean recent) {
        VersionReport report = parse("ffmpeg version N-109542-g6d1e2b9 Copyright (c) 2000-2023", library);

        assertThat(report.version()).isEqualTo("N-109542-g6d1e2b9");
        assertThat(report.isRecent()).isEqualTo(recent);
    }

    @Test
    void aVersionThatSaysNothingIsNotRecent() {
        assertThat(parse("ffmpeg version git-2020-01-01-abcdef").isRecent()).isFalse();
        assertThat(parse("ffmpeg version 99999999999.1").isRecent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7.1, true", "8.1.2, true", "n7.1.1, true", "7.0.2, false", "5.1.9-0+deb12u1, false", "N-109542, false"
    })
    void aReleaseIsKnownByItsNumber(String version, boolean known) {
        assertThat(VersionReport.isRelease(version, 7, 1)).isEqualTo(known);
    }

    @Test
    void whatIsNotFfmpegIsEmpty() {
        assertThat(VersionReport.parse(List.of())).isEmpty();
        assertThat(VersionReport.parse(List.of("usage: something"))).isEmpty();
    }

    @Test
    void buildOptionsProveTheEncodersUnlessSomethingWasTakenAway() {
        String both = "configuration: --enable-gpl --enable-libx264 --enable-libzimg";

        assertThat(parse("ffmpeg version 6.0", both).provesEncoders()).isTrue();
        assertThat(parse("ffmpeg version 6.0", both + " --disable-everything").provesEncoders())
                .isFalse();
        assertThat(parse("ffmpeg version 6.0", both + " --disable-encoder=aac").provesEncoders())
                .isFalse();
        assertThat(parse("ffmpeg version 6.0", "configuration: --enable-libx264")
                        .provesEncoders())
                .isFalse();
        assertThat(parse("ffmpeg version 6.0").configuration()).isEqualTo(Set.of());
    }

    @Test
    void anOptionThatIsNamedTwiceIsNoError() {
        assertThat(parse("ffmpeg version 8.1.2", "configuration: --enable-version3 --enable-gpl --enable-version3")
                        .configuration())
                .contains("--enable-version3");
    }

    private static VersionReport parse(String... lines) {
        return VersionReport.parse(List.of(lines)).orElseThrow();
    }
}
