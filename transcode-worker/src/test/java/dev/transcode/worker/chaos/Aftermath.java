package dev.transcode.worker.chaos;

import com.google.gson.JsonParser;
import dev.transcode.internal.WorkFolder;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Waits until the dust has settled, and collects what is left. */
record Aftermath(
        String queue, Site site, RedisCommands<String, String> redis, Producer producer, EventTail tail, Crew crew) {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    History history() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLE.toNanos();
        while (redis.zcard(queue + ":workers") != crew.size() && System.nanoTime() < deadline) {
            crew.look();
            Thread.sleep(100); // The living take the dead off the list, some time.
        }
        crew.stop(SETTLE);
        int seen = -1;
        while (seen != tail.size()) {
            seen = tail.size();
            Thread.sleep(500); // Longer than the tail waits for an event.
        }
        tail.stop();
        LocalStorage storage = LocalStorage.of(site.buckets());
        Map<String, List<String>> unreferenced = new HashMap<>();
        Map<String, History.End> ends = new HashMap<>();
        for (String id : producer.pushes().keySet()) {
            List<String> keys = unreferenced(storage, id);
            if (!keys.isEmpty()) {
                unreferenced.put(id, keys);
            }
            List<KeyValue<String, String>> fields = redis.hmget("job:" + id, "status", "error_code");
            ends.put(
                    id,
                    new History.End(
                            fields.get(0).getValueOrElse(""), fields.get(1).getValueOrElse("")));
        }
        return new History(
                producer.pushes(),
                producer.cancels(),
                producer.malformed(),
                tail.all(),
                site.journal().commits(),
                ends,
                buried(),
                leftovers(),
                unreferenced);
    }

    private Set<String> buried() {
        Set<String> buried = new HashSet<>();
        for (String entry : redis.lrange(queue + ":malformed", 0, -1)) {
            buried.add(JsonParser.parseString(entry)
                    .getAsJsonObject()
                    .get("sha256")
                    .getAsString());
        }
        return buried;
    }

    private Map<String, Integer> leftovers() throws IOException {
        Set<String> payloads = new HashSet<>(redis.hkeys(queue + ":payloads"));
        payloads.removeAll(redis.zrange(queue + ":dead", 0, -1));
        return Map.of(
                "waiting", redis.llen(queue).intValue(),
                "inboxes", redis.keys(queue + ":inbox:*").size(),
                "workers", redis.zcard(queue + ":workers").intValue(),
                "leases", redis.zcard(queue + ":leases").intValue(),
                "delayed", redis.zcard(queue + ":delayed").intValue(),
                "payloads of jobs that are not dead", payloads.size(),
                "processes", Crew.alive(),
                "work folders", workFolders());
    }

    /**
     * After what the next worker would do at its start. A folder whose process died before it was locked is not told from
     * a stranger's, and stays, empty.
     */
    private int workFolders() throws IOException {
        WorkFolder.create(site.work()).close();
        int left = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(site.work())) {
            for (Path folder : folders) {
                try (Stream<Path> content = Files.list(folder)) {
                    left += content.allMatch(file -> file.endsWith("lock.new")) ? 0 : 1;
                }
            }
        }
        return left;
    }

    /** Objects below a job's prefix that neither its multivariant playlist nor the one before it leads to. */
    private List<String> unreferenced(LocalStorage storage, String id) {
        String prefix = Site.prefix(id) + "/";
        Optional<ObjectInfo> master = storage.stat(new ObjectRef(Site.OUT, prefix + "master.m3u8"));
        Set<String> runs = new HashSet<>();
        master.ifPresent(info -> {
            site.journal().seen(ChaosStorage.commit(info.metadata()));
            runs.addAll(
                    List.of(info.metadata().getOrDefault("transcode-keep", "").split(" ", -1)));
        });
        List<String> unreferenced = new ArrayList<>();
        for (String key : storage.list(Site.OUT, prefix)) {
            String name = key.substring(prefix.length());
            int slash = name.indexOf('/');
            boolean known = slash < 0
                    ? name.equals("master.m3u8") || name.endsWith(".mp4")
                    : runs.contains(name.substring(0, slash));
            if (master.isEmpty() || !known) {
                unreferenced.add(key);
            }
        }
        return unreferenced;
    }
}
