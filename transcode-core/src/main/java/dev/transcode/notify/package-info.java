/**
 * Telling a site that its job has ended. A {@link dev.transcode.notify.WebhookPayload} says what, a
 * {@link dev.transcode.notify.WebhookEvent} to whom; the port {@link dev.transcode.notify.Notifier} delivers one once,
 * and {@link dev.transcode.notify.WebhookRetry} says when to try again. Everything but the port is pure.
 */
@NullMarked
package dev.transcode.notify;

import org.jspecify.annotations.NullMarked;
