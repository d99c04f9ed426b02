package dev.transcode.notify;

/** Delivers webhooks. Implementations are thread-safe. */
public interface Notifier {
    /**
     * Delivers an event once, and returns in bounded time. The same event may be delivered again: its id lets the
     * receiver know it. Never throws for what the network or the receiver does; an interrupted thread stays interrupted
     * and gets {@link DeliveryResult.Answer#RETRY}.
     */
    DeliveryResult deliver(WebhookEvent event);
}
