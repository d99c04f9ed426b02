package dev.transcode.worker.chaos;

import dev.transcode.job.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays back what happened to one job, and notes what may not happen. Commits are added after all events. */
final class JobHistory {
    private static final int LOSSES = FailureCode.WORKER_LOST.attempts();

    /** Attempts that failed, and attempts whose worker was lost; those given back do not count. */
    private static final int ATTEMPTS = 2 * LOSSES - 1;

    private final String id;
    private final List<String> violations = new ArrayList<>();
    private final Map<Long, Generation> generations = new LinkedHashMap<>();
    private History.@Nullable Event owner;
    private String last = "nothing";
    private boolean endedByLoss;
    private long lastCommit;

    /** One run of the job. */
    private static final class Generation {
        final List<Long> fences = new ArrayList<>();
        int releases;
        int losses;
        int commits;
        String last = "";
    }

    JobHistory(String id) {
        this.id = id;
    }

    void add(History.Event event) {
        switch (event.type()) {
            case "claimed" -> claimed(event);
            case "publishing" -> mustOwn(event);
            case "complete", "retry", "requeued", "released" -> {
                mustOwn(event);
                letGo(event);
            }
            // Those that wait are ended by nobody's attempt.
            case "failed", "cancelled" -> letGo(event);
            default -> {}
        }
        if (event.type().equals("claimed") || event.ends()) {
            last = event.type();
            endedByLoss = event.ends() && event.isLoss();
        }
    }

    void add(History.Commit commit) {
        Generation generation = generations.get(commit.generation());
        if (generation == null || !generation.fences.contains(commit.fence())) {
            violations.add("published by an attempt that had no claim: " + commit);
            return;
        }
        if (++generation.commits > 1) {
            violations.add("published twice: " + commit);
        }
        if (commit.fence() <= lastCommit) {
            violations.add("published by an older attempt than " + lastCommit + ": " + commit);
        }
        if (Kind.of(id).failure().isPresent()) {
            violations.add("published though it fails: " + commit);
        }
        lastCommit = commit.fence();
    }

    private void claimed(History.Event event) {
        if (owner != null) {
            violations.add("two owners: " + owner + " and " + event);
        }
        owner = event;
        Generation generation = generations.computeIfAbsent(event.generation(), number -> new Generation());
        generation.fences.add(event.fence());
    }

    private void mustOwn(History.Event event) {
        if (owner == null || owner.fence() != event.fence()) {
            violations.add("not by the owner " + owner + ": " + event);
        }
    }

    private void letGo(History.Event event) {
        owner = null;
        Generation generation = generations.get(event.generation());
        if (generation == null) {
            return; // Cancelled before it was claimed.
        }
        generation.last = event.type();
        generation.releases += event.type().equals("released") ? 1 : 0;
        generation.losses += event.isLoss() ? 1 : 0;
        if (event.type().equals("failed") && event.isLoss() && generation.losses != LOSSES) {
            violations.add("given up after " + generation.losses + " losses: " + event);
        }
    }

    /** What was wrong, also that a generation ended without its commit, or tried too often. */
    List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        generations.forEach((number, generation) -> {
            boolean complete = generation.last.equals("complete");
            if (complete && generation.commits == 0) {
                all.add("complete but not published: job=" + id + " generation " + number);
            }
            // Cancelled, or its last worker died, after the commit and before the end: it stands nevertheless.
            boolean cutOff = generation.last.equals("cancelled") || generation.losses == LOSSES;
            if (generation.commits > 0 && !complete && !cutOff) {
                all.add("published but " + generation.last + ": job=" + id + " generation " + number);
            }
            int attempts = generation.fences.size() - generation.releases;
            if (attempts > ATTEMPTS || generation.losses > LOSSES) {
                all.add("tried too often: job=" + id + " attempts " + attempts + ", losses " + generation.losses);
            }
        });
        return all;
    }

    String id() {
        return id;
    }

    List<Long> generations() {
        return List.copyOf(generations.keySet());
    }

    /** Whether nobody has it and the last that happened is an end. */
    boolean ended() {
        return owner == null && !last.equals("claimed") && !last.equals("nothing");
    }

    /** Whether no worker took part in its end. */
    boolean endedByLoss() {
        return endedByLoss;
    }

    /** The last of claimed, complete, failed and cancelled. */
    String last() {
        return last;
    }
}
