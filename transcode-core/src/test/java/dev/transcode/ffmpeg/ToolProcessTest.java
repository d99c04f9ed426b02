package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small sh scripts stand in for FFmpeg. */
@Timeout(30)
class ToolProcessTest {
    private final Cancellation cancellation = new Cancellation();

    @TempDir
    Path directory;

    @Test
    void stdoutComesLineByLineAndTheExitCodeIsTheProgramsOwn() {
        List<String> lines = new ArrayList<>();

        ToolExit exit =
                sh("echo one; echo two; exit 7").stdoutLines(100, lines::add).run(cancellation);

        assertThat(lines).containsExactly("one", "two");
        assertThat(exit.code()).isEqualTo(7);
        assertThat(exit.isSuccess()).isFalse();
    }

    @Test
    void aProgramKilledByNineIsReportedAsSuch() {
        assertThat(sh("kill -9 $$").run(cancellation).signal()).hasValue(ToolExit.KILL);
    }

    @Test
    void plainAndWrappedStartGiveTheSameExitCode() {
        for (ToolLauncher launcher : List.of(ToolLauncher.plain(), ToolLauncher.get())) {
            assertThat(sh("exit 3").launcher(launcher).run(cancellation).code()).isEqualTo(3);
            assertThat(sh("kill -15 $$").launcher(launcher).run(cancellation).code())
                    .isEqualTo(143);
        }
    }

    @Test
    void theEnvironmentHoldsNothingButWhatIsGiven() {
        List<String> lines = new ArrayList<>();

        new ToolProcess(List.of("/usr/bin/env"))
                .environment(Map.of("LD_LIBRARY_PATH", "/nowhere"))
                .stdoutLines(1_000, lines::add)
                .run(cancellation);

        assertThat(lines).containsExactly("LD_LIBRARY_PATH=/nowhere");
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() {
        List<String> lines = new ArrayList<>();

        new ToolProcess(List.of("/bin/echo", "$(id)", "a b", "*", "-x;y"))
                .stdoutLines(1_000, lines::add)
                .run(cancellation);

        assertThat(lines).containsExactly("$(id) a b * -x;y");
    }

    @Test
    void stdinIsEmpty() {
        assertThat(sh("read line; exit $?").run(cancellation).code()).isEqualTo(1);
    }

    @Test
    void aFloodOnStderrKeepsTheLastLinesOnly() {
        ToolExit exit =
                sh("i=0; while [ $i -lt 3000 ]; do echo line$i >&2; i=$((i+1)); done; head -c 3000000 /dev/zero >&2")
                        .run(cancellation);

        assertThat(exit.lastLines()).hasSize(200);
        assertThat(exit.lastLines().get(198)).isEqualTo("line2999");
        assertThat(exit.lastLines().get(199)).hasSize(2_048);
    }

    @Test
    void aMissingProgramIsFfmpegMissing() {
        assertThatThrownBy(() -> new ToolProcess(List.of("/nowhere/ffmpeg")).run(cancellation))
                .hasMessageContaining("/nowhere/ffmpeg")
                .extracting(e -> ((TranscodeException) e).failure().code())
                .isEqualTo(FailureCode.FFMPEG_MISSING);
    }

    @Test
    void aConsumerThatThrowsEndsTheRun() {
        ToolProcess process = sh("echo x; sleep 60").stdoutLines(10, line -> {
            throw new IllegalStateException("cannot read " + line);
        });

        assertThatThrownBy(() -> process.run(cancellation)).hasMessage("cannot read x");
    }

    @Test
    void cancellingThrowsItsReasonAndLeavesNoProcess() {
        List<String> pids = new ArrayList<>();
        ToolProcess process = sh("sleep 60 & echo $$; echo $!; wait").stdoutLines(100, line -> {
            pids.add(line);
            if (pids.size() == 2) {
                cancellation.cancel(Failure.of(FailureCode.CANCELLED, "enough"));
            }
        });

        assertThatThrownBy(() -> process.run(cancellation)).hasMessage("enough");

        assertThat(pids).hasSize(2).allSatisfy(pid -> assertThat(isAlive(pid)).isFalse());
    }

    @Test
    void childrenThatOutliveTheProgramAreKilled() {
        List<String> pids = new ArrayList<>();

        sh("sleep 60 >/dev/null 2>&1 & echo $!; exit 0")
                .stdoutLines(100, pids::add)
                .run(cancellation);

        assertThat(pids).hasSize(1).allSatisfy(pid -> assertThat(isAlive(pid)).isFalse());
    }

    @Test
    void aStalledProgramIsStoppedWithItsLastWords() {
        AtomicLong now = new AtomicLong();
        StallWatchdog watchdog = new StallWatchdog("sh", Duration.ofMinutes(1), now::get);
        ToolProcess process = sh("echo opening >&2; sleep 60")
                .stderrLines(line -> now.set(Duration.ofMinutes(2).toNanos()))
                .watchdog(watchdog);

        assertThatThrownBy(() -> process.run(cancellation))
                .hasMessage("stopped sh: no progress for 60 s: opening")
                .extracting(e -> ((TranscodeException) e).failure().code())
                .isEqualTo(FailureCode.FFMPEG_STALLED);
    }

    @Test
    void theWallTimeIsBounded() {
        AtomicLong now = new AtomicLong();
        Failure tooLong = Failure.of(FailureCode.TIME_LIMIT, "too long");
        ToolProcess process = sh("sleep 60")
                .watchdog(() -> {
                    now.addAndGet(Duration.ofSeconds(30).toNanos());
                    return Optional.empty();
                })
                .wallTime(Duration.ofMinutes(1), tooLong, now::get);

        assertThatThrownBy(() -> process.run(cancellation)).hasMessage("too long");
    }

    @Test
    void anInterruptStopsItAndIsKept() throws InterruptedException {
        AtomicBoolean flag = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                sh("echo up > up; exec sleep 60").run(cancellation);
            } catch (TranscodeException e) {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        await().until(() -> Files.exists(directory.resolve("up")));

        thread.interrupt();
        thread.join(5_000);

        assertThat(flag).isTrue();
    }

    @Test
    void aFileBeyondTheBoundEndsTheProgram() {
        ToolExit exit = new ToolProcess(List.of("/usr/bin/head", "-c", "100000", "/dev/zero"))
                .directory(directory)
                .maxFileBytes(1_000)
                .run(cancellation);
        assertThat(exit.isSuccess()).isTrue();

        ToolExit written =
                sh("exec head -c 100000 /dev/zero > big").maxFileBytes(1_000).run(cancellation);

        assertThat(written.signal()).hasValue(ToolExit.FILE_SIZE);
        assertThat(directory.resolve("big")).hasSize(1_000);
    }

    @Test
    void aPlainLauncherStartsTheProgramAsItIs() {
        assertThat(ToolLauncher.plain().wrap(List.of("/usr/bin/ffmpeg"), OptionalLong.of(5)))
                .containsExactly("/usr/bin/ffmpeg");
    }

    private ToolProcess sh(String script) {
        return new ToolProcess(List.of("/bin/sh", "-c", script))
                .environment(Map.of("PATH", "/usr/bin:/bin"))
                .directory(directory);
    }

    private static boolean isAlive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .map(ProcessFamily::isRunning)
                .orElse(false);
    }
}
