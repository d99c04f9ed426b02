package dev.transcode.queue;

/**
 * A payload between take and claim: it stands in this worker's inbox, whence others recover it if the worker dies.
 *
 * @param queue name of the list it was taken from
 * @param token made by the worker for this take; a claim repeated with it is the same claim
 */
public record Taken(String queue, Payload payload, String token) {}
