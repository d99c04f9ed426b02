package dev.transcode.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of Standard Webhooks 1.0.0: {@code webhook-id}, {@code webhook-timestamp} and, where there is a secret,
 * {@code webhook-signature}. With two secrets, while one is being replaced, it holds a signature by each.
 *
 * <p>Immutable. {@code toString} does not show the secrets.
 */
public final class WebhookSignature {
    /** No secrets: nothing is signed, the other headers are there. */
    public static final WebhookSignature NONE = new WebhookSignature(List.of());

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private WebhookSignature(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads {@code TRANSCODE_WEBHOOK_SECRET}: secrets {@code whsec_<base64 of 24 to 64 bytes>}, separated by comma or
     * white space; {@link #NONE} if there are none.
     *
     * @throws IllegalArgumentException with a sentence that names the secret by its place, never by its text
     */
    public static WebhookSignature of(String setting) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : setting.split("[,\\s]+", -1)) {
            if (!secret.isEmpty()) {
                keys.add(key(secret, keys.size() + 1));
            }
        }
        return keys.isEmpty() ? NONE : new WebhookSignature(keys);
    }

    private static SecretKeySpec key(String secret, int place) {
        byte[] key = new byte[0];
        if (secret.startsWith(PREFIX)) {
            try {
                key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                // Said below; the decoder's message repeats a character of the secret.
            }
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException("cannot read secret " + place + " of TRANSCODE_WEBHOOK_SECRET: it is not"
                    + " whsec_ and the base64 of 24 to 64 bytes; make one: echo whsec_$(openssl rand -base64 32)");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    /** Whether there is a secret to sign with. */
    public boolean signs() {
        return !keys.isEmpty();
    }

    /** The headers of one try, by name, made at {@code now}. */
    public Map<String, String> headers(WebhookEvent event, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", event.id());
        headers.put("webhook-timestamp", timestamp);
        if (signs()) {
            byte[] signed = (event.id() + "." + timestamp + "." + event.body()).getBytes(StandardCharsets.UTF_8);
            List<String> signatures = new ArrayList<>();
            for (SecretKeySpec key : keys) {
                signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(key, signed)));
            }
            headers.put("webhook-signature", String.join(" ", signatures));
        }
        return headers;
    }

    private static byte[] hmac(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign: every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature[" + keys.size() + " secrets]";
    }
}
