package dev.transcode.queue;

import java.util.Map;

/**
 * One lease in a heartbeat.
 *
 * @param progress status fields that changed since the last beat, by the names of
 *     {@link dev.transcode.job.JobFields}; written only while the lease holds
 */
public record Beat(Lease lease, Map<String, String> progress) {
    public Beat {
        progress = Map.copyOf(progress);
    }
}
