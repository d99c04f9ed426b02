package dev.transcode.cli.doctor;

import dev.transcode.notify.WebhookSignature;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Whether the operator's webhook can be reached. Nothing is posted: a HEAD must not do anything (RFC 9110, 9.2.1). */
final class WebhookArea implements Area {
    private final Settings settings;

    WebhookArea(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void examine(Report report) throws InterruptedException {
        Optional<URI> url = settings.webAddress(Setting.WEBHOOK_URL);
        signature(report, url.isPresent());
        if (url.isEmpty()) {
            report.skipped("webhook", "WEBHOOK_URL is not set: only jobs that name a webhook cause one", "");
            return;
        }
        String shown = settings.shown(Setting.WEBHOOK_URL);
        try {
            Web.Answer answer = new Web().head(url.get());
            judge(report, shown, answer.status(), " to a HEAD in " + Figures.time(answer.took()));
        } catch (IOException e) {
            report.failed(
                    "webhook",
                    "cannot reach " + shown + ": " + e.getMessage(),
                    "Check WEBHOOK_URL, and that this machine may connect to that host.");
        }
    }

    /** Frameworks answer 404 or 405 to a method that they know no handler for. */
    static void judge(Report report, String url, int status, String how) {
        String seen = url + " answers " + status + how;
        if (status >= 300 && status < 400) {
            report.warning(
                    "webhook", seen + ": a redirect, which is not followed", "Set WEBHOOK_URL to where it leads.");
        } else if (status == 401 || status == 403) {
            report.warning(
                    "webhook",
                    seen + ": it wants to know who asks",
                    "Let it pass posts without a login; it can check the signature (TRANSCODE_WEBHOOK_SECRET).");
        } else if (status == 404) {
            report.warning("webhook", seen, "Check the path of WEBHOOK_URL, if posts are not answered otherwise.");
        } else if (status == 410) {
            report.warning(
                    "webhook", seen + ": a post that is answered so is never tried again", "Correct WEBHOOK_URL.");
        } else if (status >= 500) {
            report.warning("webhook", seen, "Look into that server's log; webhooks are tried again for three days.");
        } else {
            report.ok("webhook", seen);
        }
    }

    private void signature(Report report, boolean used) {
        Optional<String> secret = settings.text(Setting.WEBHOOK_SECRET);
        if (secret.isEmpty()) {
            if (used) {
                report.warning(
                        "webhook signature",
                        "webhooks are not signed: the receiver cannot tell ours from a stranger's",
                        "Set TRANSCODE_WEBHOOK_SECRET to whsec_ and 24 to 64 random bytes in Base64.");
            }
            return;
        }
        try {
            WebhookSignature unused = WebhookSignature.of(secret.get());
            report.ok("webhook signature", "webhooks are signed (Standard Webhooks)");
        } catch (IllegalArgumentException e) {
            report.failed(
                    "webhook signature",
                    String.valueOf(e.getMessage()),
                    "It is whsec_ and 24 to 64 bytes in Base64: echo whsec_$(openssl rand -base64 32)");
        }
    }
}
