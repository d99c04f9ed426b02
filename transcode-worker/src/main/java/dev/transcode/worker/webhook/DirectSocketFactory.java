package dev.transcode.worker.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect straight to an address, past any proxy of the JVM, which would do so in their place and
 * unguarded. A guarded one first looks at the very address it is about to connect to: whatever a name resolved to a
 * moment ago, and whether there was a name at all, makes no difference.
 */
final class DirectSocketFactory extends SocketFactory {
    private final boolean guarded;

    /** @param guarded whether only public addresses may be reached */
    DirectSocketFactory(boolean guarded) {
        this.guarded = guarded;
    }

    @Override
    public Socket createSocket() {
        return new DirectSocket(guarded);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsBeforeItIsAsked();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectsBeforeItIsAsked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsBeforeItIsAsked();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw connectsBeforeItIsAsked();
    }

    /** OkHttp connects by itself; so the guard has one door to watch. */
    private static UnsupportedOperationException connectsBeforeItIsAsked() {
        return new UnsupportedOperationException("sockets are made unconnected");
    }

    private static final class DirectSocket extends Socket {
        private final boolean guarded;

        DirectSocket(boolean guarded) {
            super(Proxy.NO_PROXY);
            this.guarded = guarded;
        }

        /** The one-argument connect of the JDK calls this one. */
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (guarded) {
                check(endpoint);
            }
            super.connect(endpoint, timeout);
        }

        private static void check(SocketAddress endpoint) throws RefusedAddressException {
            if (!(endpoint instanceof InetSocketAddress internet) || internet.isUnresolved()) {
                throw new RefusedAddressException("the host has no internet address");
            }
            Optional<String> refusal = PublicAddress.refusal(internet.getAddress());
            if (refusal.isPresent()) {
                throw new RefusedAddressException(
                        "refused: the host has " + refusal.get()
                                + ", and a job's webhook reaches public ones only (TRANSCODE_WEBHOOK_ALLOW_PRIVATE lifts that)");
            }
        }
    }
}
