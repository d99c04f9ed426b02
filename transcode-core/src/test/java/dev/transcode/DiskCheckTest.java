package dev.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.contract.SampleMedia;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    @TempDir
    Path folder;

    /** 30 s of 4M + 1M video and 128k + 64k audio, times 2.2. */
    @Test
    void theOutputNeedsItsBitratesAndRoomToPackage() {
        EncodePlan plan = plan("720p:4M:128k,360p:1M:64k", 30);

        assertThat(DiskCheck.bytesNeeded(plan)).isEqualTo((long) (30 * (5_000_000 + 192_000) / 8.0 * 2.2));
    }

    @Test
    void whatFitsPasses() {
        DiskCheck.forOutput(plan("720p:4k:4k", 1), folder);
    }

    /** 11 hours at 16 times 600 Mbit/s: no test machine has 100 TB. */
    @Test
    void whatDoesNotFitIsDiskFull() {
        StringBuilder ladder = new StringBuilder("16p:600M:64k");
        for (int height = 18; height < 48; height += 2) {
            ladder.append(',').append(height).append("p:600M:64k");
        }
        EncodePlan plan = plan(ladder.toString(), 39_600);

        assertThatThrownBy(() -> DiskCheck.forOutput(plan, folder))
                .hasMessageMatching("cannot encode in .*: about [0-9.]+ GB are needed and [0-9.]+ GB are free")
                .extracting(e -> ((TranscodeException) e).failure().code())
                .isEqualTo(FailureCode.DISK_FULL);
    }

    private static EncodePlan plan(String ladder, int seconds) {
        return EncodePlanner.plan(
                SampleMedia.of(1280, 720)
                        .videoFrom(0, seconds * 1_000L)
                        .audioFrom(0, seconds * 1_000L)
                        .info(),
                LadderText.parse(ladder),
                EncodeSettings.DEFAULT);
    }
}
