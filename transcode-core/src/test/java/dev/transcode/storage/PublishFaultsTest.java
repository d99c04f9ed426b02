package dev.transcode.storage;

import static dev.transcode.storage.PublishedOutput.assertWhole;
import static dev.transcode.storage.PublishedOutput.everythingIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.FlakyStorage;
import dev.transcode.contract.FlakyStorage.Fault;
import dev.transcode.job.Cancellation;
import dev.transcode.job.JobId;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A publish that goes wrong at its n-th call to the store, for every n and every way to go wrong: what players see is
 * whole, strangers' files are untouched, and the next attempt sets everything right.
 */
class PublishFaultsTest {
    private static final JobId JOB = new JobId("job_1");
    private static final OutputPrefix PREFIX = new OutputPrefix("out", "");
    private static final int MANY = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theOldOutputStaysWholeAndTheNextAttemptSetsEverythingRight(Fault fault) throws IOException {
        Path prefix = folder.resolve("out");
        Storage storage = LocalStorage.of(Map.of("out", prefix));
        attempt(storage, new CommitIdentity(JOB, 0, 1), folder, new Cancellation());
        attempt(storage, new CommitIdentity(JOB, 0, 2), folder, new Cancellation());
        int faulty = 1;
        while (faulty < MANY && publishWithFault(prefix, fault, faulty)) {
            faulty++;
        }
        assertThat(faulty).as("calls of a publish that replaces another").isBetween(11, MANY - 1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFirstOutputIsWholeOrNotThere(Fault fault) throws IOException {
        int faulty = 1;
        while (faulty < MANY && publishWithFault(folder.resolve("out" + faulty), fault, faulty)) {
            faulty++;
        }
        assertThat(faulty).as("calls of a first publish").isBetween(10, MANY - 1);
    }

    /** @return whether the faulty call was reached */
    private boolean publishWithFault(Path prefix, Fault fault, int faulty) throws IOException {
        String name = fault + " at call " + faulty;
        Storage storage = LocalStorage.of(Map.of("out", prefix));
        Optional<CommitIdentity> old = committed(storage);
        Map<String, String> strangers = addStrangers(prefix);
        Map<String, String> before = everythingIn(prefix);
        Cancellation cancellation = new Cancellation();
        FlakyStorage flaky = new FlakyStorage(storage, fault, faulty, cancellation::cancel);
        CommitIdentity identity = new CommitIdentity(JOB, faulty, 10L * faulty);

        boolean told = attemptAndFail(flaky, identity, folder, cancellation);

        List<String> calls = flaky.calls();
        boolean reached = calls.size() >= faulty;
        boolean killed = reached && (fault == Fault.KILL || fault == Fault.KILL_AFTER);
        Map<String, String> after = everythingIn(prefix);
        boolean done = Publisher.committed(storage, PREFIX, identity).isPresent();
        assertThat(told)
                .as(name + ": success is told if and only if there is one")
                .isEqualTo(done && !killed);
        assertThat(after).as(name).containsAllEntriesOf(strangers);
        if (done || old.isPresent()) {
            assertWhole(prefix);
        }
        boolean inDoubt =
                reached && fault == Fault.HANG && calls.get(faulty - 1).equals("put out/master.m3u8");
        if (!done && !killed && !inDoubt) {
            assertThat(withoutReplacedMp4s(after)).as(name).isEqualTo(withoutReplacedMp4s(before));
        }

        recover(storage, new CommitIdentity(JOB, faulty, 10L * faulty + 1), folder);

        after = everythingIn(prefix);
        assertThat(after).as(name).containsAllEntriesOf(strangers).containsKeys("720p.mp4", "480p.mp4");
        assertWhole(prefix);
        Set<String> expected =
                new TreeSet<>(Set.of(committed(storage).orElseThrow().run().name()));
        old.ifPresent(replaced -> expected.add(replaced.run().name()));
        assertThat(runsIn(after)).as(name).isEqualTo(expected);
        return reached;
    }

    /** What a worker does with a job it recovers: another attempt of the same generation. */
    private static void recover(Storage storage, CommitIdentity identity, Path work) throws IOException {
        if (Publisher.committed(storage, PREFIX, identity).isPresent()) {
            Publisher.cleanUp(storage, PREFIX, identity);
        } else {
            attempt(storage, identity, work, new Cancellation());
        }
    }

    private static void attempt(Storage storage, CommitIdentity identity, Path work, Cancellation cancellation)
            throws IOException {
        PublishedOutput output = PublishedOutput.make(identity, work);
        try (PublishSession session = Publisher.start(storage, PREFIX, identity, PublishGate.OPEN, cancellation)) {
            output.publish(session);
        }
    }

    /** @return whether it was told to have succeeded */
    private static boolean attemptAndFail(
            Storage storage, CommitIdentity identity, Path work, Cancellation cancellation) throws IOException {
        try {
            attempt(storage, identity, work, cancellation);
            return true;
        } catch (TranscodeException | FlakyStorage.Killed e) {
            return false;
        }
    }

    private static Map<String, String> addStrangers(Path prefix) throws IOException {
        String id8 = RunDirectory.of(JOB, 0).id8();
        Map<String, String> strangers = new TreeMap<>();
        for (String name : new String[] {
            "film.mp4",
            "notes.txt",
            "r-ffffffff-1/v-720p/s0.m4s",
            "r-" + id8 + "-x/keep.txt",
            "r-" + id8 + "-01/keep.txt",
            "r-" + id8 + "/keep.txt",
            "sub/r-" + id8 + "-1/keep.txt"
        }) {
            Path file = prefix.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "a stranger's " + name);
            strangers.put(name, "a stranger's " + name);
        }
        return strangers;
    }

    /** The MP4s' fixed names are replaced before the commit; all else must be as before. */
    private static Map<String, String> withoutReplacedMp4s(Map<String, String> files) {
        Map<String, String> rest = new TreeMap<>(files);
        if (rest.containsKey("master.m3u8")) {
            rest.remove("720p.mp4");
            rest.remove("480p.mp4");
        }
        return rest;
    }

    private static Optional<CommitIdentity> committed(Storage storage) {
        return storage.stat(PREFIX.resolve(Publisher.MASTER)).flatMap(info -> CommitIdentity.from(info.metadata()));
    }

    private static Set<String> runsIn(Map<String, String> files) {
        Set<String> runs = new TreeSet<>();
        for (String name : files.keySet()) {
            Optional<RunDirectory> run = RunDirectory.parse(name.substring(0, Math.max(0, name.indexOf('/'))));
            run.filter(r -> r.belongsTo(JOB)).ifPresent(r -> runs.add(r.name()));
        }
        return runs;
    }
}
