package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.ffmpeg.TrialEncode.Outcome;
import dev.transcode.worker.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineAndFfmpegTest {
    @TempDir
    private Path folder;

    @Test
    void theDiskIsJudgedByWhatAJobNeeds() {
        assertThat(disk(true, 40_000_000, "ext4").level()).isEqualTo(Level.FAILED);
        assertThat(disk(true, 2_200_000_000L, "ext4").seen()).contains("enough for a source of 1000.0 MB");
        assertThat(disk(true, 2_200_000_000L, "ext4").level()).isEqualTo(Level.WARNING);
        assertThat(disk(true, 22_000_000_000L, "ext4").level()).isEqualTo(Level.OK);
        assertThat(disk(true, 22_000_000_000L, "tmpfs").seen()).contains("memory (tmpfs)");
        assertThat(disk(true, 22_000_000_000L, "tmpfs").level()).isEqualTo(Level.WARNING);
        assertThat(disk(false, 22_000_000_000L, "ext4").level()).isEqualTo(Level.FAILED);
    }

    @Test
    void aWorkFolderThatIsNotThereYetIsNotMade() throws Exception {
        Path later = folder.resolve("a/b");

        List<CheckLine> lines = machine(later);

        assertThat(Lines.named(lines, "disk").seen()).contains("free in " + later);
        assertThat(later).doesNotExist();
    }

    @Test
    void aWorkFolderThatIsAFileIsAFailure() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(Lines.level(machine(file), "disk")).isEqualTo(Level.FAILED);
    }

    @Test
    void anEncoderThatIsMissingOrDoesNotEncodeIsAFailure() {
        CheckLine missing =
                Lines.one(report -> FfmpegArea.list(report, "encoders", List.of("libx264", "aac"), Set.of("aac"), ""));
        assertThat(missing.level()).isEqualTo(Level.FAILED);
        assertThat(missing.seen()).isEqualTo("missing: libx264");
        CheckLine broken = Lines.one(report -> FfmpegArea.software(
                report, new Outcome("libx264", false, Duration.ofMillis(20), "ffmpeg exited 1: no memory")));
        assertThat(broken.level()).isEqualTo(Level.FAILED);
        assertThat(broken.seen()).contains("no memory");
    }

    @Test
    void hardwareThatIsMissingIsNoFault() {
        CheckLine line = Lines.one(report -> FfmpegArea.hardware(
                report, List.of(new Outcome("h264_nvenc", false, Duration.ofMillis(20), "Cannot load libcuda.so.1"))));
        assertThat(line.level()).isEqualTo(Level.SKIPPED);
        assertThat(line.seen()).contains("h264_nvenc", "libcuda");
        assertThat(Lines.one(report -> FfmpegArea.hardware(report, List.of())).level())
                .isEqualTo(Level.SKIPPED);
        assertThat(Lines.one(report -> FfmpegArea.hardware(
                                report, List.of(new Outcome("h264_nvenc", true, Duration.ofMillis(20), ""))))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void settingsThatCannotBeUsedOrDoNotExistAreTold() {
        List<CheckLine> wrong = settings(Map.of("TRANSCODE_LEASE", "soon"));
        assertThat(Lines.named(wrong, "settings").level()).isEqualTo(Level.FAILED);
        assertThat(Lines.named(wrong, "settings").seen()).contains("TRANSCODE_LEASE=soon");
        List<CheckLine> misspelt = settings(Map.of("TRANSCODE_CONCURENCY", "2"));
        assertThat(Lines.named(misspelt, "settings").level()).isEqualTo(Level.WARNING);
        assertThat(Lines.named(misspelt, "settings").seen()).contains("TRANSCODE_CONCURENCY");
        assertThat(settings(Map.of("TRANSCODE_API_TOKEN_FILE", "pom.xml")))
                .extracting(CheckLine::level)
                .containsExactly(Level.OK);
    }

    private static List<CheckLine> settings(Map<String, String> env) {
        return Lines.of(report -> new SettingsArea(Settings.of(env)).examine(report));
    }

    private static List<CheckLine> machine(Path work) {
        Settings settings = Settings.of(Map.of("TRANSCODE_WORK_DIR", work.toString()));
        return Lines.of(report -> new MachineArea(Optional.of(settings)).examine(report));
    }

    private static CheckLine disk(boolean writable, long free, String type) {
        return Lines.one(report -> MachineArea.disk(report, Path.of("/work"), writable, free, type));
    }
}
