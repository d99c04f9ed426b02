package dev.transcode.cli.http;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** What the JDK's HTTP client means when it fails: it says little of what happened. */
public final class HttpErrors {
    private HttpErrors() {}

    /** The end of a sentence, e.g. {@code connection refused}. */
    public static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
            if (cause instanceof SSLException) {
                return "no secure connection: " + cause.getMessage();
            }
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "connection refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
