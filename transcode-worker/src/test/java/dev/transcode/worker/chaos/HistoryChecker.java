package dev.transcode.worker.chaos;

import dev.transcode.job.FailureCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says what is wrong with a history. Pure.
 *
 * <p>Nothing lost: every job that was pushed has ended, as its kind does. One owner: between two claims of a job somebody
 * let go of it or was taken for dead, fences grow, and whoever ends a job is its owner. Published once: each completed
 * generation has one commit, by an attempt that claimed it, and no commit comes from an older attempt than the one
 * before. Nothing left over.
 */
final class HistoryChecker {
    private final History history;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * What came out.
     *
     * @param violations empty if all is well
     * @param counts of jobs, by how they ended and what happened to them
     */
    record Verdict(List<String> violations, Map<String, Integer> counts) {}

    private HistoryChecker(History history) {
        this.history = history;
    }

    static Verdict check(History history) {
        return new HistoryChecker(history).run();
    }

    private Verdict run() {
        Map<String, JobHistory> jobs = new HashMap<>();
        history.pushes().keySet().forEach(id -> jobs.put(id, new JobHistory(id)));
        long lastFence = 0;
        for (History.Event event : history.events()) {
            count("event " + event.type());
            if (event.type().equals("claimed")) {
                violateUnless(event.fence() > lastFence, "fence does not grow", event);
                lastFence = event.fence();
            }
            if (jobs.containsKey(event.job())) {
                jobs.get(event.job()).add(event);
            }
        }
        for (History.Commit commit : history.commits()) {
            JobHistory job = jobs.get(commit.job());
            if (job == null) {
                violations.add("published what nobody asked for: " + commit);
            } else {
                job.add(commit);
            }
        }
        jobs.values().forEach(this::check);
        checkMalformed();
        history.leftovers().forEach((what, number) -> violateUnless(number == 0, "left over: " + what, number));
        history.unreferenced().forEach((id, keys) -> checkUnreferenced(jobs.get(id), keys));
        return new Verdict(List.copyOf(violations), Map.copyOf(counts));
    }

    private void check(JobHistory job) {
        violations.addAll(job.violations());
        Kind kind = Kind.of(job.id());
        History.End end = history.ends().get(job.id());
        if (end == null || !job.ended()) {
            violations.add("lost: job=" + job.id() + " of which the stream says " + job.last() + ", the status " + end);
            return;
        }
        count("jobs " + end.status());
        violateUnless(
                end.status().equals(job.last()), "the status is not what the stream says last", job.id() + " " + end);
        violateUnless(
                job.generations().size() <= history.pushes().get(job.id()),
                "ran more often than it was pushed",
                job.id());
        boolean cancelled =
                end.status().equals("cancelled") && history.cancels().contains(job.id());
        boolean victim = end.error().equals(FailureCode.WORKER_LOST.wire()) && kind != Kind.POISON;
        if (victim) {
            count("jobs that lost " + FailureCode.WORKER_LOST.attempts() + " workers by accident");
        }
        String expected = kind.failure().map(code -> "failed " + code.wire()).orElse("complete ");
        violateUnless(
                cancelled || victim || expected.equals(end.status() + " " + end.error()),
                "ended other than " + expected.strip(),
                job.id() + " " + end);
    }

    /** A job whose last worker died has nobody left to clean up behind it; its next run does. */
    private void checkUnreferenced(JobHistory job, List<String> keys) {
        if (job.endedByLoss()) {
            count("objects left of jobs whose last worker was lost", keys.size());
        } else {
            violations.add("unreferenced: " + keys);
        }
    }

    private void checkMalformed() {
        Set<String> missing = new HashSet<>(history.malformed());
        missing.removeAll(history.buried());
        Set<String> wrong = new TreeSet<>(history.buried());
        wrong.removeAll(history.malformed());
        count("malformed, buried", history.malformed().size() - missing.size());
        missing.forEach(sha -> violations.add("lost: malformed payload " + sha));
        wrong.forEach(sha -> violations.add("buried though it is a job: " + sha));
    }

    private void violateUnless(boolean holds, String rule, Object subject) {
        if (!holds) {
            violations.add(rule + ": " + subject);
        }
    }

    private void count(String what) {
        count(what, 1);
    }

    private void count(String what, int number) {
        counts.merge(what, number, Integer::sum);
    }
}
