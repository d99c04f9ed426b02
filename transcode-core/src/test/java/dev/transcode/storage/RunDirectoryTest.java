package dev.transcode.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
    private static final JobId JOB = new JobId("test_job_001");

    @Test
    void isNamedByTheJobsHashAndTheFence() {
        // printf test_job_001 | sha256sum | cut -c1-8
        assertThat(RunDirectory.of(JOB, 7).name()).isEqualTo("r-77a94606-7");
        assertThat(RunDirectory.of(JOB, 7).reportKey()).isEqualTo("r-77a94606-7/report.json");
    }

    @Test
    void itsNameIsReadBack() {
        RunDirectory run = RunDirectory.of(JOB, 1_767_225_600_000L);

        assertThat(RunDirectory.parse(run.name())).contains(run);
        assertThat(run.belongsTo(JOB)).isTrue();
        assertThat(run.belongsTo(new JobId("test_job_002"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r-",
                "r-0a1b2c3d",
                "r-0a1b2c3d-",
                "r-0a1b2c3d-x",
                "r-0a1b2c3d-07",
                "r-0A1B2C3D-7",
                "r-0a1b2c3-7",
                "r-0a1b2c3d-7 ",
                "xr-0a1b2c3d-7",
                "r-0a1b2c3d-7/",
                "r-0a1b2c3d--7",
                "r-0a1b2c3d-9999999999999999999"
            })
    void aLookAlikeIsNone(String name) {
        assertThat(RunDirectory.parse(name)).isEmpty();
    }

    @Test
    void aNegativeFenceIsRefused() {
        assertThatThrownBy(() -> RunDirectory.of(JOB, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlaylistNamesTheRunsItsUrisLeadThrough() {
        String playlist = """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="r-00000001-5/a-128k/index.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=1
                https://example.org/stream/out/r-00000002-6/v-720p/index.m3u8
                star-00000003-7/v-480p/index.m3u8
                r-00000004-8.m3u8
                """;

        assertThat(RunDirectory.namedIn(playlist))
                .containsExactlyInAnyOrder(new RunDirectory("00000001", 5), new RunDirectory("00000002", 6));
    }

    @Test
    void anIdentityComesBackFromMetadataAndNothingElseIsOne() {
        CommitIdentity identity = new CommitIdentity(JOB, 2, 7);

        assertThat(CommitIdentity.from(identity.metadata())).contains(identity);
        assertThat(CommitIdentity.from(Map.of())).isEmpty();
        assertThat(CommitIdentity.from(
                        Map.of("transcode-job", "j", "transcode-generation", "x", "transcode-fence", "1")))
                .isEmpty();
        assertThat(CommitIdentity.from(
                        Map.of("transcode-job", "../j", "transcode-generation", "1", "transcode-fence", "1")))
                .isEmpty();
    }
}
