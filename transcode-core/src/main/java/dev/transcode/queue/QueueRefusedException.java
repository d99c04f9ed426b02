package dev.transcode.queue;

/**
 * The queue's server is there but cannot serve us as it is configured: wrong password, a Redis Cluster, too old. Trying
 * again does not help; somebody has to change a setting. Its message says which and has no secrets.
 */
public final class QueueRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueRefusedException(String message) {
        super(message);
    }

    public QueueRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
