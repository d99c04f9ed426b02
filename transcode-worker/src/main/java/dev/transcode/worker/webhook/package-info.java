/**
 * Delivering webhooks over HTTP. Entry point: {@link dev.transcode.worker.webhook.OutboxPump}, which takes what is due and
 * hands it to {@link dev.transcode.worker.webhook.WebhookNotifier}. A job's own address is checked where it cannot be
 * fooled: when a socket connects.
 */
@NullMarked
package dev.transcode.worker.webhook;

import org.jspecify.annotations.NullMarked;
