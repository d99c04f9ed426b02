package dev.transcode.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.queue.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisRulesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void withoutAppendOnlyFileItIsToldHowOldTheSnapshotIs() {
        CheckLine line = persistence(Map.of("aof_enabled", "0", "rdb_last_save_time", "1799996400"));

        assertThat(line.level()).isEqualTo(Level.WARNING);
        assertThat(line.seen()).contains("since its last snapshot or start (60 min ago)");
        assertThat(line.hint()).contains("appendonly yes");
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailure() {
        assertThat(persistence(Map.of("aof_enabled", "1", "aof_last_write_status", "err"))
                        .level())
                .isEqualTo(Level.FAILED);
        CheckLine snapshot = persistence(Map.of("aof_enabled", "1", "rdb_last_bgsave_status", "err"));
        assertThat(snapshot.level()).isEqualTo(Level.FAILED);
        assertThat(snapshot.seen()).contains("MISCONF");
        assertThat(persistence(Map.of("aof_enabled", "1", "rdb_last_bgsave_status", "ok"))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void whatAManagedServerDoesNotTellIsNotJudged() {
        assertThat(persistence(Map.of()).level()).isEqualTo(Level.SKIPPED);
        assertThat(eviction(Map.of()).level()).isEqualTo(Level.SKIPPED);
    }

    @Test
    void aPolicyThatThrowsJobsAwayIsAFailureOnceThereIsALimit() {
        assertThat(eviction(Map.of("maxmemory_policy", "allkeys-lru", "maxmemory", "1000000"))
                        .level())
                .isEqualTo(Level.FAILED);
        assertThat(eviction(Map.of("maxmemory_policy", "allkeys-lru", "maxmemory", "0"))
                        .level())
                .isEqualTo(Level.OK);
        assertThat(eviction(Map.of("maxmemory_policy", "volatile-ttl", "maxmemory", "1000000"))
                        .level())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void memoryThatIsNearlyFullOrWasFullIsAWarning() {
        Map<String, String> full =
                Map.of("maxmemory_policy", "noeviction", "maxmemory", "1000000", "used_memory", "900000");
        assertThat(eviction(full).level()).isEqualTo(Level.WARNING);
        assertThat(eviction(full).seen()).contains("900 kB of 1.0 MB used");
        assertThat(eviction(Map.of("maxmemory_policy", "noeviction", "evicted_keys", "3"))
                        .seen())
                .contains("3 keys were thrown away");
        assertThat(eviction(Map.of("maxmemory_policy", "noeviction", "maxmemory", "1000000", "used_memory", "1"))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aReplicaTakesNoJobs() {
        List<CheckLine> lines =
                Lines.of(report -> RedisRules.judge(report, Map.of("role", "slave", "redis_version", "7.0.15")));

        assertThat(Lines.level(lines, "redis version")).isEqualTo(Level.FAILED);
    }

    @Test
    void aServerFarAwayIsAWarning() {
        assertThat(Lines.one(report -> RedisRules.latency(report, Duration.ofMillis(51)))
                        .level())
                .isEqualTo(Level.WARNING);
        assertThat(Lines.one(report -> RedisRules.latency(report, Duration.ofMillis(49)))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aQueueThatNobodyServesAndPayloadsThatAreNoJobsAreWarnings() {
        assertThat(queue(2, 0, 0).seen()).contains("2 waiting", "nobody takes them");
        assertThat(queue(2, 0, 0).level()).isEqualTo(Level.WARNING);
        assertThat(queue(2, 0, 1).level()).isEqualTo(Level.OK);
        assertThat(queue(0, 3, 1).hint()).contains("LRANGE films:malformed");
        assertThat(queue(0, 3, 1).level()).isEqualTo(Level.WARNING);
    }

    private static CheckLine queue(long waiting, long malformed, long workers) {
        QueueDepth depth = new QueueDepth("films", waiting, 0, 0, 0, malformed, workers, Optional.empty());
        return Lines.one(report -> RedisArea.queue(report, depth));
    }

    private static CheckLine persistence(Map<String, String> info) {
        return Lines.one(report -> RedisRules.persistence(report, info, NOW));
    }

    private static CheckLine eviction(Map<String, String> info) {
        return Lines.one(report -> RedisRules.eviction(report, info));
    }
}
