package dev.transcode.worker.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in a few words why there was no answer. */
final class DeliveryErrors {
    private DeliveryErrors() {}

    static String sentence(Exception e, Duration timeout) {
        if (e instanceof RefusedAddressException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof UnknownHostException) {
            return "the host's name is not known";
        }
        if (Thread.currentThread().isInterrupted()) {
            return "interrupted while waiting for the answer";
        }
        if (e instanceof InterruptedIOException) {
            return "no answer within " + seconds(timeout);
        }
        if (e instanceof SSLException) {
            return "TLS failed: " + firstLine(e);
        }
        if (e instanceof ConnectException) {
            return "cannot connect: " + firstLine(e.getCause() == null ? e : e.getCause());
        }
        if (e instanceof ProtocolException) {
            return "the answer makes no sense: " + firstLine(e);
        }
        return e instanceof IOException ? "the connection broke: " + firstLine(e) : "cannot post: " + e.getClass();
    }

    private static String seconds(Duration timeout) {
        return timeout.toMillis() % 1_000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
