package dev.transcode.notify;

import dev.transcode.job.JobId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One webhook to be delivered.
 *
 * @param id {@code webhook-id}: the same over all tries, so the receiver can drop what it has seen
 * @param job whose end it tells
 * @param target where it goes
 * @param body JSON, sent byte for byte as UTF-8
 */
public record WebhookEvent(String id, JobId job, WebhookTarget target, String body) {
    /** No full stop: it separates the parts that are signed. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException if {@code id} is not 1 to 64 of {@code A-Za-z0-9_-} */
    public WebhookEvent {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("event id is not 1 to 64 of A-Z a-z 0-9 _ -");
        }
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(body, "body");
    }

    /** A new event id: {@code evt_} and 128 random bits in hex. */
    public static String newId() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return "evt_" + HexFormat.of().formatHex(bits);
    }

    @Override
    public String toString() {
        return "webhook event=" + id + " job=" + job + " to " + target;
    }
}
