package dev.transcode.queue;

import dev.transcode.job.Failure;
import dev.transcode.job.JobOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an attempt ended.
 *
 * <p>{@code facts} are further status fields by the names of {@link dev.transcode.job.JobFields}.
 */
public sealed interface Outcome {
    Map<String, String> facts();

    /** What follows from this after so many attempts: one retry too many is a failure for good. */
    default Outcome after(int attempt) {
        if (this instanceof Retry retry && attempt >= retry.failure().code().attempts()) {
            return new Failed(retry.failure(), retry.facts());
        }
        return this;
    }

    /** Everything is published. */
    record Complete(List<JobOutput> outputs, Map<String, String> facts) implements Outcome {
        public Complete {
            outputs = List.copyOf(outputs);
            facts = Map.copyOf(facts);
        }
    }

    /** For good; the payload is kept 30 days for a retry by hand. */
    record Failed(Failure failure, Map<String, String> facts) implements Outcome {
        public Failed {
            facts = Map.copyOf(facts);
        }
    }

    /** Not for good: another attempt follows after {@code delay}. */
    record Retry(Failure failure, Duration delay, Map<String, String> facts) implements Outcome {
        public Retry {
            facts = Map.copyOf(facts);
        }
    }

    /** Stopped on request. */
    record Cancelled(Map<String, String> facts) implements Outcome {
        public Cancelled {
            facts = Map.copyOf(facts);
        }
    }
}
