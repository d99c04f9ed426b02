package dev.transcode.worker.chaos;

import dev.transcode.queue.JobEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was asked for and what came of it.
 *
 * @param pushes how often each job was pushed
 * @param cancels jobs somebody asked to cancel
 * @param malformed SHA-256 of pushed payloads that are no jobs
 * @param events of the whole run, in order
 * @param commits multivariant playlists that were put, of each job in order
 * @param ends status of each job at the end
 * @param buried SHA-256 of payloads among the malformed
 * @param leftovers what should be empty, and how much is in it
 * @param unreferenced objects that nothing leads to, by the job below whose prefix they are
 */
record History(
        Map<String, Integer> pushes,
        Set<String> cancels,
        Set<String> malformed,
        List<Event> events,
        List<Commit> commits,
        Map<String, End> ends,
        Set<String> buried,
        Map<String, Integer> leftovers,
        Map<String, List<String>> unreferenced) {
    /** Status word and error code at the end, empty where there is none. */
    record End(String status, String error) {}

    /** A multivariant playlist that was put; its run is known by generation and fence. */
    record Commit(String job, long generation, long fence) {}

    /** What the stream says; 0 and empty where it says nothing. */
    record Event(String type, String job, long generation, long fence, int attempt, String error) {
        static Event of(JobEvent event) {
            Map<String, String> fields = event.fields();
            return new Event(
                    event.type(),
                    event.job().value(),
                    Long.parseLong(fields.getOrDefault("generation", "0")),
                    Long.parseLong(fields.getOrDefault("fence", "0")),
                    Integer.parseInt(fields.getOrDefault("attempt", "0")),
                    fields.getOrDefault("error_code", ""));
        }

        /** Whether the job is over with it. */
        boolean ends() {
            return type.equals("complete") || type.equals("failed") || type.equals("cancelled");
        }

        /** Whether it says that a worker was lost. */
        boolean isLoss() {
            return type.equals("requeued") || error.equals("worker_lost");
        }
    }
}
