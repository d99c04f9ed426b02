package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityMeterTest {
    @Test
    void readsWhatEachFilterSaysOfEachRendition() {
        Map<String, Double> results = new HashMap<>();

        QualityMeter.read(
                "[psnr@v0 @ 0x56081c6c5540] PSNR y:39.308697 u:45.678443 v:47.780616 average:40.682555 min:38.4 max:45.3",
                results);
        QualityMeter.read(
                "[ssim@v1 @ 0x56081c6c4d00] SSIM Y:0.966703 (14.775952) U:0.983391 (17.8) V:0.9 (19.1) All:0.973030 (15.6)",
                results);
        QualityMeter.read(
                "[xpsnr@v0 @ 0x7fbabc004500] XPSNR  y: 31.8207  u: 37.6282  v: 36.1941  (minimum: 31.8207)", results);
        QualityMeter.read("[psnr@v2 @ 0x56081c6c5540] PSNR y:inf u:inf v:inf average:inf min:inf max:inf", results);

        assertThat(results)
                .containsOnly(
                        Map.entry("psnrv0", 40.682555),
                        Map.entry("ssimv1", 0.973030),
                        Map.entry("xpsnrv0", 31.8207),
                        Map.entry("psnrv2", Double.POSITIVE_INFINITY));
    }

    @Test
    void comparesEachRenditionWithItsOwnBranchOfThePlan() {
        EncodePlan plan = EncodePlanner.plan(
                SampleMedia.of(1280, 720).rate("24000/1001", false).info(),
                LadderText.parse("720p:4M:128k,360p:800k:64k"),
                EncodeSettings.DEFAULT);

        assertThat(QualityMeter.graph(plan, false))
                .endsWith(";[1:v:0]settb=1001/24000,setpts=N[dv00];[v0]settb=1001/24000,setpts=N,split=2[rv00][rv01]"
                        + ";[dv00][rv00]ssim@v0[dv01];[dv01][rv01]psnr@v0[qv0]"
                        + ";[2:v:0]settb=1001/24000,setpts=N[dv10];[v1]settb=1001/24000,setpts=N,split=2[rv10][rv11]"
                        + ";[dv10][rv10]ssim@v1[dv11];[dv11][rv11]psnr@v1[qv1]")
                .doesNotContain("aresample");
    }
}
