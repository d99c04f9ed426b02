package dev.transcode.worker.webhook;

import java.io.IOException;

/** A guarded socket was to connect to an address that is not public. The message does not hold the address. */
final class RefusedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }
}
