package dev.transcode.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Cancellation;
import dev.transcode.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose earlier attempts died fails for good. */
class FailureCleanupTest {
    private static final JobId JOB = new JobId("job_1");
    private static final JobId OTHER = new JobId("job_2");
    private static final OutputPrefix PREFIX = new OutputPrefix("out", "films/1");

    @TempDir
    Path folder;

    private Storage storage;

    @BeforeEach
    void open() {
        storage = LocalStorage.of(Map.of("out", folder.resolve("bucket")));
    }

    @Test
    void runsOfDeadAttemptsGoAndNothingElse() throws IOException {
        Path dead = segmentOf(JOB, 3);
        Path own = segmentOf(JOB, 5);
        Path newer = segmentOf(JOB, 7);
        Path strange = segmentOf(OTHER, 3);

        Publisher.cleanUpFailed(storage, PREFIX, new CommitIdentity(JOB, 3, 5));

        assertThat(dead).doesNotExist();
        assertThat(own).exists();
        assertThat(newer).exists();
        assertThat(strange).exists();
    }

    @Test
    void whatAnEarlierGenerationPublishedStays() throws IOException {
        publish(1);
        publish(2);
        Path dead = segmentOf(JOB, 3);

        Publisher.cleanUpFailed(storage, PREFIX, new CommitIdentity(JOB, 3, 4));

        assertThat(dead).doesNotExist();
        assertThat(run(JOB, 1)).exists();
        assertThat(run(JOB, 2)).exists();
        PublishedOutput.assertWhole(folder.resolve("bucket/films/1"));
    }

    @Test
    void nothingIsTouchedWhereThePlaylistMayLeadAnywhere() throws IOException {
        Path dead = segmentOf(JOB, 3);
        Files.writeString(folder.resolve("bucket/films/1/master.m3u8"), "#EXTM3U\n");

        Publisher.cleanUpFailed(storage, PREFIX, new CommitIdentity(JOB, 3, 4));

        assertThat(dead).exists();
    }

    private void publish(long fence) throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, fence, fence), folder);
        try (PublishSession session =
                Publisher.start(storage, PREFIX, output.identity(), PublishGate.OPEN, new Cancellation())) {
            output.publish(session);
        }
    }

    private Path segmentOf(JobId job, long fence) throws IOException {
        return Files.writeString(Files.createDirectories(run(job, fence)).resolve("s00000.m4s"), "x");
    }

    private Path run(JobId job, long fence) {
        return folder.resolve("bucket/films/1")
                .resolve(RunDirectory.of(job, fence).name());
    }
}
