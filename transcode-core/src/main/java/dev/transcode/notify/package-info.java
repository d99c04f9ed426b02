/**
 * Telling a site that its job has ended. {@link dev.transcode.notify.JobEndWebhook} decides what is sent where, a
 * {@link dev.transcode.notify.WebhookEvent} is one such message; the port {@link dev.transcode.notify.Notifier} delivers one once,
 * and {@link dev.transcode.notify.WebhookRetry} says when to try again. Everything but the port is pure.
 */
@NullMarked
package dev.transcode.notify;

import org.jspecify.annotations.NullMarked;
