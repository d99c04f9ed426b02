package dev.transcode.storage;

import static dev.transcode.storage.PublishedOutput.assertWhole;
import static dev.transcode.storage.PublishedOutput.everythingIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.transcode.contract.FlakyStorage;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
    private static final JobId JOB = new JobId("job_1");
    private static final OutputPrefix PREFIX = new OutputPrefix("out", "some/prefix");

    @TempDir
    Path folder;

    private Path prefix;
    private Storage storage;

    @BeforeEach
    void open() {
        prefix = folder.resolve("bucket/some/prefix");
        storage = LocalStorage.of(Map.of("out", folder.resolve("bucket")));
    }

    @Test
    void segmentsComeFirstThenTheMp4sThenTheMasterAndThenTheCleanUp() throws IOException {
        publish(1, 1, storage);
        FlakyStorage recorded = FlakyStorage.recording(storage);

        publish(2, 5, recorded);

        String run = "put out/some/prefix/" + RunDirectory.of(JOB, 5).name();
        List<String> calls = recorded.calls();
        assertThat(calls.get(0)).isEqualTo("stat out/some/prefix/master.m3u8");
        assertThat(calls.subList(1, 4)).allMatch(call -> call.startsWith(run));
        assertThat(calls.subList(4, 8))
                .containsExactlyInAnyOrder(
                        "stat out/some/prefix/720p.mp4", "put out/some/prefix/720p.mp4",
                        "stat out/some/prefix/480p.mp4", "put out/some/prefix/480p.mp4");
        assertThat(calls.get(8)).isEqualTo("put out/some/prefix/master.m3u8");
        assertThat(calls.get(9)).startsWith("list ");
        assertThat(calls).hasSize(10);
    }

    @Test
    void theGateIsAskedBeforeEachPutAndOnceBeforeTheCommit() throws IOException {
        AtomicInteger puts = new AtomicInteger();
        AtomicInteger putsAtCommit = new AtomicInteger();
        PublishGate gate = new PublishGate() {
            @Override
            public void beforePut() {
                puts.incrementAndGet();
            }

            @Override
            public void beforeCommit() {
                assertThat(putsAtCommit.getAndSet(puts.get())).isZero();
            }
        };
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);

        try (PublishSession session = Publisher.start(storage, PREFIX, output.identity(), gate, new Cancellation())) {
            output.publish(session);
        }

        assertThat(putsAtCommit).hasValue(3);
        assertThat(puts).hasValue(6);
    }

    @Test
    void aRefusalOfTheGateStopsThePublishing() throws IOException {
        PublishGate lost = new PublishGate() {
            @Override
            public void beforeCommit() {
                throw new TranscodeException(FailureCode.WORKER_LOST, "lease lost");
            }
        };
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);

        try (PublishSession session = Publisher.start(storage, PREFIX, output.identity(), lost, new Cancellation())) {
            assertThatThrownBy(() -> output.publish(session)).hasMessage("lease lost");
        }

        assertThat(folder.resolve("bucket")).doesNotExist();
    }

    /** A store of many sites shows the old object for a while; or only the last of several tries was refused. */
    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"CHECKSUM_MISMATCH", "SLOW_DOWN"})
    void aMasterThatMayStillAppearFindsItsRun(FailureCode code) throws IOException {
        AtomicReference<@Nullable Runnable> late = new AtomicReference<>();
        InvocationHandler slow = (proxy, method, args) -> {
            if (method.getName().equals("put") && args[0].toString().endsWith(Publisher.MASTER)) {
                Path master = Files.copy((Path) args[1], folder.resolve("late.m3u8"));
                late.set(() -> storage.put((ObjectRef) args[0], master, (PutOptions) args[2], new Cancellation()));
                throw new TranscodeException(code, "cannot put " + args[0]);
            }
            return method.invoke(storage, args);
        };
        Storage to =
                (Storage) Proxy.newProxyInstance(Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, slow);

        assertThatThrownBy(() -> publish(1, 1, to)).hasMessageStartingWith("cannot put");
        Objects.requireNonNull(late.get()).run();

        assertWhole(prefix);
    }

    /** A worker that cannot prove its lease stops uploading, and its encoder goes on: nobody may wait for the gate. */
    @Test
    void anOfferNeverWaitsForAClosedGate() throws IOException {
        CountDownLatch open = new CountDownLatch(1);
        PublishGate closed = new PublishGate() {
            @Override
            public void beforePut() {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new TranscodeException(FailureCode.CANCELLED, "interrupted", e);
                }
            }
        };
        CommitIdentity identity = new CommitIdentity(JOB, 1, 1);
        Path segment = Files.writeString(folder.resolve("segment"), "segment");

        try (PublishSession session = Publisher.start(storage, PREFIX, identity, closed, new Cancellation())) {
            int taken = 0;
            while (session.offer(upload(identity, taken, segment))) {
                taken++;
            }
            assertThat(taken).isBetween(1, 1_000);
            assertThat(session.stats().bytes()).isZero();

            open.countDown();
            session.put(upload(identity, taken, segment));
            await().until(() -> session.stats().objects(), count -> count > 90);
        }
    }

    private static Upload upload(CommitIdentity identity, int number, Path file) {
        return new Upload(file, identity.run().name() + "/s" + number + ".m4s", "video/mp4", "no-store");
    }

    @Test
    void theRunThatTheReplacedMasterNamesStaysUntilTheNextCommit() throws IOException {
        publish(1, 1, storage);
        publish(2, 2, storage);
        assertThat(runs()).containsExactlyInAnyOrder(1L, 2L);

        publish(3, 3, storage);

        assertThat(runs()).containsExactlyInAnyOrder(2L, 3L);
        assertWhole(prefix);
    }

    @Test
    void anOldMasterWithoutMetadataIsReadForTheRunItNames() throws IOException {
        publishTwiceAndEditTheMaster();

        publish(3, 3, storage);

        assertThat(runs()).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void anOldMasterThatTellsNothingKeepsAllOldRuns() throws IOException {
        publishTwiceAndEditTheMaster();
        FlakyStorage unreadable = new FlakyStorage(storage, FlakyStorage.Fault.FAIL, 5, () -> {});

        publish(3, 3, unreadable);

        assertThat(unreadable.calls().get(4)).startsWith("fetch");
        assertThat(runs()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aNewerRunIsNotTouchedForItMayBeAtWork() throws IOException {
        Path newer =
                Files.createDirectories(prefix.resolve(RunDirectory.of(JOB, 9).name()));
        Files.writeString(newer.resolve("s0.m4s"), "being uploaded");

        publish(1, 5, storage);

        assertThat(runs()).containsExactlyInAnyOrder(5L, 9L);
    }

    @Test
    void aCommitFindsThatSomebodyElseHasPublishedMeanwhile() throws IOException {
        PublishedOutput mine = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        PublishedOutput other = PublishedOutput.make(new CommitIdentity(new JobId("job_2"), 1, 2), folder);

        try (PublishSession session = start(mine, storage)) {
            publish(other, storage);
            assertThatThrownBy(() -> mine.publish(session))
                    .isInstanceOfSatisfying(
                            TranscodeException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.PUBLISH_CONFLICT))
                    .hasMessageContaining("job=job_2");
        }

        assertWhole(prefix);
        assertThat(runs()).isEmpty();
        assertThat(Publisher.committed(storage, PREFIX, other.identity())).contains(other.identity());
        assertThat(Publisher.committed(storage, PREFIX, mine.identity())).isEmpty();
    }

    /** Whether it is the next attempt, or an earlier one whose worker had been frozen. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1"})
    void whatAnotherAttemptOfTheSameGenerationCommittedStands(long mine, long others) throws IOException {
        PublishedOutput slow = PublishedOutput.make(new CommitIdentity(JOB, 1, mine), folder);
        PublishedOutput fast = PublishedOutput.make(new CommitIdentity(JOB, 1, others), folder);

        try (PublishSession session = start(slow, storage)) {
            publish(fast, storage);
            slow.publish(session);
            assertThat(session.published()).isEqualTo(fast.identity());
        }

        assertThat(runs()).containsExactly(others);
        assertWhole(prefix);
    }

    /** Its worker was frozen behind the gate, and went on after the next one had seen that nothing was there. */
    @Test
    void whatAnotherAttemptCommittedBeforeTheSessionBeganStandsToo() throws IOException {
        publish(1, 1, storage);
        PublishedOutput frozen = PublishedOutput.make(new CommitIdentity(JOB, 2, 2), folder);
        PublishedOutput next = PublishedOutput.make(new CommitIdentity(JOB, 2, 3), folder);
        publish(frozen, storage);
        Files.writeString(prefix.resolve(frozen.identity().run().reportKey()), "{}");
        byte[] master = Files.readAllBytes(prefix.resolve("master.m3u8"));

        try (PublishSession session = start(next, storage)) {
            next.publish(session);
            assertThat(session.published()).isEqualTo(frozen.identity());
        }

        assertThat(prefix.resolve("master.m3u8")).hasBinaryContent(master);
        assertThat(prefix.resolve("720p.mp4")).content().contains("fence=2");
        assertThat(runs()).as("the one it replaced may be playing").containsExactly(1L, 2L);
        assertWhole(prefix);
    }

    /** Both made the first output; what stands at the MP4s' names in the end is the other's. */
    @Test
    void aFirstOutputThatFailsLeavesTheMp4sOfWhoeverPublishedMeanwhile() throws IOException {
        PublishedOutput mine = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        PublishedOutput other = PublishedOutput.make(new CommitIdentity(new JobId("another_job"), 1, 2), folder);
        PublishGate otherGoesFirst = new PublishGate() {
            private final AtomicInteger puts = new AtomicInteger();

            @Override
            public void beforePut() {
                if (puts.incrementAndGet() == 6) {
                    publish(other, storage);
                }
            }

            @Override
            public void beforeCommit() {}
        };

        try (PublishSession session =
                Publisher.start(storage, PREFIX, mine.identity(), otherGoesFirst, new Cancellation())) {
            assertThatThrownBy(() -> mine.publish(session)).hasMessageContaining("job=another_job");
        }

        assertThat(prefix.resolve("720p.mp4")).content().contains("another_job");
        assertThat(prefix.resolve("480p.mp4")).content().contains("another_job");
        assertWhole(prefix);
    }

    /** Whoever holds the lease now may have put MP4s of the same size. */
    @Test
    void aFirstOutputThatFailsLeavesItsMp4sWhereItsTurnIsOver() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        PublishGate closing = new PublishGate() {
            private final AtomicInteger puts = new AtomicInteger();

            @Override
            public void beforePut() {
                if (puts.incrementAndGet() > 5) {
                    throw new TranscodeException(FailureCode.WORKER_LOST, "the lease is another's");
                }
            }

            @Override
            public void beforeCommit() {}
        };

        try (PublishSession session =
                Publisher.start(storage, PREFIX, output.identity(), closing, new Cancellation())) {
            assertThatThrownBy(() -> output.publish(session)).hasMessageContaining("the lease is another's");
        }

        assertThat(prefix.resolve("720p.mp4")).exists();
        assertThat(prefix.resolve("480p.mp4")).exists();
        assertThat(prefix.resolve("master.m3u8")).doesNotExist();
    }

    @Test
    void aFirstOutputThatFailsLeavesNothingAtAll() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        FlakyStorage failing = new FlakyStorage(storage, FlakyStorage.Fault.FAIL, 9, () -> {});

        try (PublishSession session = start(output, failing)) {
            assertThatThrownBy(() -> output.publish(session)).hasMessageContaining("put out/some/prefix/master.m3u8");
        }

        assertThat(folder.resolve("bucket")).doesNotExist();
    }

    @Test
    void aCommitWhoseOutcomeIsUnknownRemovesNothing() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        Storage noStat = new FlakyStorage(storage, FlakyStorage.Fault.FAIL, 10, () -> {});
        FlakyStorage noReply = new FlakyStorage(noStat, FlakyStorage.Fault.LOSE_REPLY, 9, () -> {});

        try (PublishSession session = start(output, noReply)) {
            assertThatThrownBy(() -> output.publish(session)).hasMessageContaining("lost the reply");
        }

        assertThat(noReply.calls()).hasSize(10).last().isEqualTo("stat out/some/prefix/master.m3u8");
        assertWhole(prefix);
    }

    @Test
    void theFirstFailureIsHeardAtTheNextCall() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        FlakyStorage failing = new FlakyStorage(storage, FlakyStorage.Fault.FAIL, 2, () -> {});

        try (PublishSession session = start(output, failing)) {
            session.put(output.inRun("s0.m4s", "video/iso.segment"));
            assertThatThrownBy(() -> session.commit(List.of(), output.master())).hasMessageContaining("s0.m4s");
            assertThatThrownBy(() -> session.put(output.inRun("s1.m4s", "video/iso.segment")))
                    .hasMessageContaining("s0.m4s");
        }
        assertThat(failing.calls()).noneMatch(call -> call.contains("s1.m4s"));
    }

    @Test
    void aCancelledSessionThrowsTheReasonAndStopsWhatHangs() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        Cancellation cancellation = new Cancellation();
        FlakyStorage hanging = new FlakyStorage(storage, FlakyStorage.Fault.HANG, 3, cancellation::cancel);

        try (PublishSession session =
                Publisher.start(hanging, PREFIX, output.identity(), PublishGate.OPEN, cancellation)) {
            assertThatThrownBy(() -> output.publish(session))
                    .isInstanceOfSatisfying(
                            TranscodeException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.CANCELLED));
        }

        assertThat(folder.resolve("bucket")).doesNotExist();
    }

    @Test
    void anInterruptedCallerStillCleansUpAndStaysInterrupted() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        PublishSession session = start(output, storage);
        session.put(output.inRun("s0.m4s", "video/iso.segment"));

        Thread.currentThread().interrupt();
        session.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(everythingIn(folder.resolve("bucket"))).isEmpty();
    }

    @Test
    void manyPutsAreCountedAndMeasured() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);
        Path segment = Files.write(output.workspace().resolve("big"), new byte[1_000]);

        try (PublishSession session = start(output, storage)) {
            for (int i = 0; i < 300; i++) {
                String key = output.identity().run().name() + "/v/s" + i;
                session.put(new Upload(segment, key, "video/iso.segment", "immutable"));
            }
            UploadStats stats = session.commit(List.of(), output.master());
            assertThat(stats.objects()).isEqualTo(300);
            assertThat(stats.bytes()).isEqualTo(300_000);
            assertThat(stats.megabytesPerSecond()).isPositive();
        }
    }

    @Test
    void aKeyOutsideTheRunDirectoryIsNotPutBeforeTheCommit() throws IOException {
        PublishedOutput output = PublishedOutput.make(new CommitIdentity(JOB, 1, 1), folder);

        try (PublishSession session = start(output, storage)) {
            assertThatThrownBy(() -> session.put(output.master())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void publishTwiceAndEditTheMaster() throws IOException {
        publish(1, 1, storage);
        publish(2, 2, storage);
        Path master = prefix.resolve("master.m3u8");
        Files.writeString(master, Files.readString(master) + "# edited");
    }

    private void publish(long generation, long fence, Storage to) throws IOException {
        publish(PublishedOutput.make(new CommitIdentity(JOB, generation, fence), folder), to);
    }

    private static void publish(PublishedOutput output, Storage to) {
        try (PublishSession session = start(output, to)) {
            output.publish(session);
        }
    }

    private static PublishSession start(PublishedOutput output, Storage to) {
        return Publisher.start(to, PREFIX, output.identity(), PublishGate.OPEN, new Cancellation());
    }

    /** The fences of this job's run directories. */
    private List<Long> runs() throws IOException {
        return everythingIn(prefix).keySet().stream()
                .flatMap(name -> RunDirectory.parse(name.substring(0, Math.max(0, name.indexOf('/')))).stream())
                .filter(run -> run.belongsTo(JOB))
                .map(RunDirectory::fence)
                .distinct()
                .toList();
    }
}
