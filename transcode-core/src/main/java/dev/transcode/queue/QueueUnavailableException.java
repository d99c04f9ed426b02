package dev.transcode.queue;

/** The queue's server is away, or refuses for now: try again. Its message has no secrets. */
public final class QueueUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
