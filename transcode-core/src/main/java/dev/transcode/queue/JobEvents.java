package dev.transcode.queue;

import java.time.Duration;
import java.util.List;

/** Everything that happens to jobs, in order. About the last 10,000 events are kept. For one thread. */
public interface JobEvents extends AutoCloseable {
    /** The position after which only new events come. */
    String end();

    /**
     * Events after {@code position}, at most 1,000, waiting at most {@code wait} for the first.
     *
     * @param position of an event, or {@link #end}; {@code 0} = from the oldest kept
     */
    List<JobEvent> read(String position, Duration wait);

    @Override
    void close();
}
