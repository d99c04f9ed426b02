package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private final List<CheckLine> told = new ArrayList<>();

    @Test
    void oneThatNeverAnswersHoldsUpNobody() {
        CountDownLatch never = new CountDownLatch(1);
        long start = System.nanoTime();

        List<CheckLine> lines = run(
                area("first", report -> {
                    report.ok("first", "known before");
                    never.await();
                }),
                area("second", report -> report.ok("second", "fine")));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(lines).extracting(CheckLine::seen).containsExactly("known before", "no answer within 2 s", "fine");
        assertThat(lines).extracting(CheckLine::level).containsExactly(Level.OK, Level.FAILED, Level.OK);
        assertThat(told).isEqualTo(lines);
    }

    @Test
    void whatAnAreaThrowsIsALine() {
        List<CheckLine> lines = run(
                area("first", report -> {
                    throw new TranscodeException(Failure.of(FailureCode.FFMPEG_MISSING, "there is none"));
                }),
                area("second", report -> {
                    throw new IllegalStateException("redis://:hunter2@host failed");
                }),
                area("third", report -> report.ok("third", "fine")));

        assertThat(lines).extracting(CheckLine::level).containsExactly(Level.FAILED, Level.FAILED, Level.OK);
        assertThat(lines.get(0).hint()).contains("Install ffmpeg");
        assertThat(lines.get(1).seen()).contains("redis://***@host").doesNotContain("hunter2");
    }

    private List<CheckLine> run(Area... areas) {
        return new Doctor(List.of(areas), Duration.ofSeconds(2)).run(told::add);
    }

    @FunctionalInterface
    private interface Work {
        void on(Report report) throws Exception;
    }

    private static Area area(String name, Work work) {
        return new Area() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void examine(Report report) throws Exception {
                work.on(report);
            }
        };
    }
}
