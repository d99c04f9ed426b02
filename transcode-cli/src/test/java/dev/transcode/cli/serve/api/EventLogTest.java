package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final EventLog log = new EventLog(4);

    private void add(int... numbers) {
        for (int number : numbers) {
            log.add("p" + number, new JobId("job-" + number % 2), "state", "{}");
        }
    }

    private static List<Long> numbers(EventLog.Batch batch) {
        return batch.entries().stream().map(EventLog.Entry::number).toList();
    }

    @Test
    void anEmptyLogHasNothing() {
        assertThat(log.last()).isEmpty();
        assertThat(log.end()).isZero();
        assertThat(log.after(0, entry -> true, 9)).isEqualTo(new EventLog.Batch(List.of(), 0, false));
    }

    @Test
    void eachReadsAtItsOwnPace() {
        add(1, 2, 3);
        assertThat(numbers(log.after(0, entry -> true, 2))).containsExactly(1L, 2L);
        assertThat(numbers(log.after(2, entry -> true, 2))).containsExactly(3L);
        assertThat(log.last().orElseThrow().position()).isEqualTo("p3");
        assertThat(log.find("p2")).contains(2L);
    }

    @Test
    void whatIsNotWantedIsReadToo() {
        add(1, 2, 3, 4);
        EventLog.Batch batch = log.after(1, entry -> entry.job().equals(new JobId("job-1")), 9);
        assertThat(numbers(batch)).containsExactly(3L);
        assertThat(batch.upTo()).isEqualTo(4);
    }

    @Test
    void whoIsTooSlowHasLostSome() {
        add(1, 2, 3, 4, 5, 6);
        assertThat(log.find("p2")).isEmpty();
        assertThat(log.find("p3")).contains(3L);
        assertThat(log.after(1, entry -> true, 9).lost()).isTrue();
        assertThat(numbers(log.after(2, entry -> true, 9))).containsExactly(3L, 4L, 5L, 6L);
        assertThat(log.reaches(2)).isTrue();
        assertThat(log.reaches(1)).isFalse();
    }
}
