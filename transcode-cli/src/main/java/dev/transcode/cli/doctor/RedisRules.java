package dev.transcode.cli.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the fields of Redis' INFO mean for a queue. A field that a managed server leaves out is not judged. */
final class RedisRules {
    /** A job costs a worker about ten calls, a heartbeat one each ten seconds: this far away it shows. */
    private static final Duration FAR = Duration.ofMillis(50);

    private static final double NEARLY_FULL = 0.8;

    private RedisRules() {}

    static void latency(Report report, Duration ping) {
        String seen = "PING takes " + Figures.time(ping);
        if (ping.compareTo(FAR) > 0) {
            report.warning("redis latency", seen, "Run workers and Redis in one region: jobs are picked up late.");
        } else {
            report.ok("redis latency", seen);
        }
    }

    static void judge(Report report, Map<String, String> info) {
        version(report, info);
        persistence(report, info, Clock.systemUTC().instant());
        eviction(report, info);
    }

    private static void version(Report report, Map<String, String> info) {
        String role = info.getOrDefault("role", "");
        String seen = info.getOrDefault("redis_version", "of unknown version")
                + (role.isEmpty() ? "" : ", role " + role)
                + number(info, "uptime_in_seconds", ", up ");
        if (role.equals("slave")) {
            report.failed(
                    "redis version",
                    seen + ": a replica takes no writes",
                    "Point REDIS_URL to the primary, or to Sentinel.");
        } else {
            report.ok("redis version", seen);
        }
    }

    private static String number(Map<String, String> info, String field, String before) {
        String value = info.getOrDefault(field, "");
        return value.matches("\\d{1,9}") ? before + Figures.age(Duration.ofSeconds(Long.parseLong(value))) : "";
    }

    static void persistence(Report report, Map<String, String> info, Instant now) {
        String name = "redis persistence";
        String aof = info.getOrDefault("aof_enabled", "");
        boolean writesFail = !info.getOrDefault("aof_last_write_status", "ok").equals("ok");
        boolean savesFail = !info.getOrDefault("rdb_last_bgsave_status", "ok").equals("ok");
        if (aof.equals("1") && writesFail) {
            report.failed(
                    name,
                    "the append-only file cannot be written",
                    "Look into Redis' log: its disk is full, most likely.");
        } else if (savesFail) {
            report.failed(
                    name,
                    "the last snapshot failed: Redis may refuse all writes (MISCONF)",
                    "Look into Redis' log: its disk is full or its folder is not its own, most likely.");
        } else if (aof.equals("1")) {
            report.ok(name, "the append-only file is on");
        } else if (aof.equals("0")) {
            report.warning(
                    name,
                    "the append-only file is off: jobs queued since its last snapshot or start" + since(info, now)
                            + " are lost when Redis dies",
                    "Set 'appendonly yes' in redis.conf (or: redis-cli config set appendonly yes).");
        } else {
            report.skipped(name, "the server does not tell", "Look it up where you ordered it.");
        }
    }

    private static String since(Map<String, String> info, Instant now) {
        String saved = info.getOrDefault("rdb_last_save_time", "");
        if (!saved.matches("\\d{9,11}")) {
            return "";
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(saved)), now);
        return " (" + Figures.age(age) + " ago)";
    }

    static void eviction(Report report, Map<String, String> info) {
        String name = "redis memory";
        String policy = info.getOrDefault("maxmemory_policy", "");
        long max = bytes(info, "maxmemory");
        long used = bytes(info, "used_memory");
        if (policy.isEmpty()) {
            report.skipped(name, "the server does not tell", "Its policy must be noeviction.");
            return;
        }
        String seen = policy + ", " + Figures.bytes(used) + (max > 0 ? " of " + Figures.bytes(max) : "") + " used";
        if (max > 0 && policy.startsWith("allkeys")) {
            report.failed(
                    name,
                    seen + ": at its limit Redis throws away waiting jobs",
                    "Set 'maxmemory-policy noeviction', or give the queue a Redis of its own.");
        } else if (bytes(info, "evicted_keys") > 0) {
            report.warning(
                    name,
                    seen + "; " + info.get("evicted_keys") + " keys were thrown away already",
                    "Set 'maxmemory-policy noeviction' and give Redis more memory.");
        } else if (max > 0 && policy.startsWith("volatile")) {
            report.warning(
                    name,
                    seen + ": at its limit Redis forgets finished jobs early",
                    "Set 'maxmemory-policy noeviction'.");
        } else if (max > 0 && used > max * NEARLY_FULL) {
            report.warning(
                    name, seen + ": when it is full no job can be queued", "Give Redis more memory (maxmemory).");
        } else {
            report.ok(name, seen + (max > 0 ? "" : ", no limit"));
        }
    }

    private static long bytes(Map<String, String> info, String field) {
        String value = info.getOrDefault(field, "");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
