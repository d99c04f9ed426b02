package dev.transcode.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What processes that may die at any moment did to the object store: one file that each line is appended to whole.
 * Thread-safe, also between processes.
 *
 * @param file of the journal
 */
record Journal(Path file) {
    /** A multivariant playlist was put. */
    void done(History.Commit commit) {
        append("done " + commit.job() + " " + commit.generation() + " " + commit.fence());
    }

    /** It stands there: who put it may have died before saying so. */
    void seen(History.Commit commit) {
        append("seen " + commit.job() + " " + commit.generation() + " " + commit.fence());
    }

    /** A worker did something to itself. */
    void fault(String what) {
        append("fault " + what);
    }

    private void append(String line) {
        try {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each put once; one that was only seen counts where it is not the last known one of its job. */
    List<History.Commit> commits() {
        List<History.Commit> commits = new ArrayList<>();
        Map<String, History.Commit> latest = new HashMap<>();
        for (String line : lines()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("fault")) {
                continue;
            }
            History.Commit commit = new History.Commit(words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
            if (words[0].equals("done") || !commit.equals(latest.get(commit.job()))) {
                commits.add(commit);
                latest.put(commit.job(), commit);
            }
        }
        return commits;
    }

    /** How often workers did what to themselves. */
    Map<String, Integer> faults() {
        Map<String, Integer> faults = new HashMap<>();
        for (String line : lines()) {
            if (line.startsWith("fault ")) {
                faults.merge(line.substring(6), 1, Integer::sum);
            }
        }
        return faults;
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
