package dev.transcode.cli;

import dev.transcode.notify.WebhookSignature;
import dev.transcode.queue.QueueBackend;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.webhook.OutboxPump;
import dev.transcode.worker.webhook.WebhookNotifier;
import java.time.Clock;

/** Delivering webhooks from a command that runs for long. */
final class Webhooks {
    private Webhooks() {}

    /**
     * One that is not started yet. Who asks closes it.
     *
     * @throws SettingException if the secret cannot be used
     */
    static OutboxPump pump(QueueBackend queue, WorkerConfig config) {
        WebhookNotifier notifier = new WebhookNotifier(signature(config), config.webhookAllowPrivate());
        return new OutboxPump(queue.outbox(), notifier, Clock.systemUTC());
    }

    private static WebhookSignature signature(WorkerConfig config) {
        try {
            return config.webhookSecret().map(WebhookSignature::of).orElse(WebhookSignature.NONE);
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }
}
