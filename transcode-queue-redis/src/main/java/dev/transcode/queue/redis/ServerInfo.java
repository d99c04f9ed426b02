package dev.transcode.queue.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What INFO tells of a server. A server that leaves something out is taken to be good. */
record ServerInfo(String version, boolean cluster, Duration uptime) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    static ServerInfo of(String info) {
        Map<String, String> fields = fields(info);
        String uptime = fields.getOrDefault("uptime_in_seconds", "");
        return new ServerInfo(
                fields.getOrDefault("redis_version", ""),
                fields.getOrDefault("cluster_enabled", "0").equals("1"),
                uptime.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(uptime)) : Duration.ofDays(365));
    }

    /** The lines of INFO, names and values. */
    static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** Why this server cannot serve us: a sentence. */
    Optional<String> refusal() {
        if (cluster) {
            return Optional.of("cannot use Redis Cluster: a queue's list and job:<id> lie in different slots, and no "
                    + "script may change both; point REDIS_URL to a single server or to Sentinel");
        }
        Matcher numbers = VERSION.matcher(version);
        if (numbers.matches()) {
            int major = Integer.parseInt(numbers.group(1));
            if (major < 6 || (major == 6 && Integer.parseInt(numbers.group(2)) < 2)) {
                return Optional.of("cannot use Redis " + version + ": it is older than 6.2 and has no LMOVE");
            }
        }
        return Optional.empty();
    }
}
