package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Rendition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderThreadsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1080p:8M:192k,720p:4M:128k,480p:2M:96k,360p:800k:64k |  1 | 2 1 1 1
            1080p:8M:192k,720p:4M:128k,480p:2M:96k,360p:800k:64k |  2 | 3 2 1 1
            1080p:8M:192k,720p:4M:128k,480p:2M:96k,360p:800k:64k |  4 | 5 3 1 1
            1080p:8M:192k,720p:4M:128k,480p:2M:96k,360p:800k:64k | 16 | 19 9 4 3
            1080p:8M:192k                                        |  2 | 3
            720p:4M:128k                                         | 16 | 24
            360p:800k:64k,240p:300k:64k                          |  2 | 3 2
            """)
    void areSharedOutByPixels(String ladder, int cores, String expected) {
        EncodePlan plan =
                EncodePlanner.plan(SampleMedia.of(1920, 1080).info(), LadderText.parse(ladder), EncodeSettings.DEFAULT);

        List<String> threads = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            threads.add(Integer.toString(EncoderThreads.of(rendition, plan.renditions(), cores)));
        }

        assertThat(String.join(" ", threads)).isEqualTo(expected);
    }
}
