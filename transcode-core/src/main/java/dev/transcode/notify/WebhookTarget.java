package dev.transcode.notify;

import dev.transcode.job.WebhookUrl;
import java.net.URI;

/**
 * Where a webhook goes.
 *
 * @param url http or https, without user and password
 * @param trusted whether the operator chose it ({@code WEBHOOK_URL}). What a job names itself is guarded: it reaches
 *     public addresses only.
 */
public record WebhookTarget(URI url, boolean trusted) {
    /** @throws IllegalArgumentException as {@link WebhookUrl#parse} */
    public WebhookTarget {
        WebhookUrl.parse(url.toString());
    }

    /** @throws IllegalArgumentException as {@link WebhookUrl#parse} */
    public static WebhookTarget of(String url, boolean trusted) {
        return new WebhookTarget(WebhookUrl.parse(url), trusted);
    }

    /** As {@link WebhookUrl#shown}. */
    @Override
    public String toString() {
        return WebhookUrl.shown(url.toString());
    }
}
