package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.transcode.encode.EncodedMedia;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The colours of what comes out, and which way up it is. */
class EncodedColorIT extends EncoderCase {
    /** Red, and a middle grey, as they come out of sources that store colours each in their own way. */
    @ParameterizedTest
    @MethodSource("installations")
    void coloursStayWhatTheyWere(FfmpegInstallation installation) {
        Films films = new Films(temp);
        String bars = "-f lavfi -i color=c=0xc03020:s=256x144:d=0.4 -f lavfi -i color=c=0x808080:s=128x144:d=0.4"
                + " -filter_complex [0][1]overlay=format=gbrp,";
        for (String format : List.of(
                "scale=out_range=pc:out_color_matrix=bt601,format=yuvj420p -c:v libx264",
                "scale=out_color_matrix=bt601,format=yuv420p -c:v libx264",
                "scale=out_color_matrix=bt709,setparams=colorspace=bt709,format=yuv444p -c:v libx264",
                "format=gbrp -c:v libx264rgb",
                "format=bgra -c:v png",
                "zscale=m=bt2020nc:p=bt2020:t=bt2020-10:pin=bt709:tin=bt709,format=yuv420p10le -c:v ffv1"
                        + " -color_primaries bt2020 -colorspace bt2020nc -color_trc bt2020-10")) {
            Path source = films.make("c.mkv", bars + format);
            EncodedMedia media = encode(installation, plan(installation, source), source);
            Path output = films.joined(media.tracks().get(0));

            assertThat(films.meanColor(output, "crop=100:100:14:20")).as(format).satisfies(near(0x80, 0x80, 0x80, 4));
            assertThat(films.meanColor(output, "crop=100:100:142:20"))
                    .as(format)
                    .satisfies(near(0xc0, 0x30, 0x20, 12));
            assertThat(tags(films, media)).as(format).hasSize(1);
        }
    }

    /** PQ and HLG of a grey ramp: grey stays grey, white becomes bright, and nothing says HDR any more. */
    @ParameterizedTest
    @MethodSource("installations")
    void hdrBecomesStandardRange(FfmpegInstallation installation) {
        Films films = new Films(temp);
        assumeThat(films.canEncode("libx265")).isTrue();
        for (String transfer : List.of("smpte2084", "arib-std-b67")) {
            Path source = films.make(
                    "h.mkv",
                    "-f lavfi -i color=c=white:s=256x144:d=0.4 -f lavfi -i color=c=0x757575:s=128x144:d=0.4"
                            + " -filter_complex [0][1]overlay=format=gbrp,format=gbrp,"
                            + "zscale=t=linear:tin=bt709:npl=203,format=gbrpf32le,zscale=m=bt2020nc:p=bt2020:pin=bt709:t="
                            + transfer + ":npl=203:r=tv,format=yuv420p10le -c:v libx265 -preset ultrafast"
                            + " -x265-params log-level=none:master-display=G(13250,34500)B(7500,3000)R(34000,16000)"
                            + "WP(15635,16450)L(10000000,1):max-cll=1000,400"
                            + " -color_primaries bt2020 -colorspace bt2020nc -color_trc " + transfer);
            EncodedMedia media = encode(installation, plan(installation, source), source);
            Path output = films.joined(media.tracks().get(0));

            int[] grey = films.meanColor(output, "crop=100:100:14:20");
            int[] white = films.meanColor(output, "crop=100:100:142:20");
            assertThat(Arrays.stream(grey).max().orElseThrow()
                            - Arrays.stream(grey).min().orElseThrow())
                    .as(transfer)
                    .isLessThan(8);
            assertThat(grey[1]).as(transfer).isBetween(90, 140);
            assertThat(white[1]).as(transfer).isBetween(180, 255);
            assertThat(films.probe(output, "stream_side_data=side_data_type"))
                    .noneMatch(line -> line.contains("Mastering"));
            assertThat(tags(films, media)).allSatisfy(tags -> assertThat(tags).contains("bt709,bt709,bt709"));
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aTurnedPictureStandsUpright(FfmpegInstallation installation) {
        Films films = new Films(temp);
        Path lying = films.make(
                "l.mp4",
                "-f lavfi -i color=red:s=128x144:d=0.4 -f lavfi -i color=blue:s=128x144:d=0.4"
                        + " -filter_complex [0][1]hstack" + CODECS);
        Path source = films.turned("x.mp4", lying, 90);

        Path output = films.joined(encode(installation, plan(installation, source), source)
                .tracks()
                .get(0));

        assertThat(films.probe(output, "stream=width,height"))
                .first()
                .asString()
                .startsWith("144,256");
        assertThat(films.meanColor(output, "crop=100:100:20:14")).satisfies(near(0xfe, 0, 0, 12));
        assertThat(films.meanColor(output, "crop=100:100:20:142")).satisfies(near(0, 0, 0xfe, 12));
    }

    private static Set<String> tags(Films films, EncodedMedia media) {
        Set<String> tags = new HashSet<>();
        for (EncodedMedia.Track track : media.tracks()) {
            tags.addAll(films.probe(
                    films.joined(track), "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries"));
        }
        return tags;
    }

    private static java.util.function.Consumer<int[]> near(int red, int green, int blue, int tolerance) {
        return color -> {
            assertThat(color[0]).isCloseTo(red, within(tolerance));
            assertThat(color[1]).isCloseTo(green, within(tolerance));
            assertThat(color[2]).isCloseTo(blue, within(tolerance));
        };
    }
}
