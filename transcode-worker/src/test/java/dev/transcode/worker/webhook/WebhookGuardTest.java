package dev.transcode.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.transcode.job.JobId;
import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.DeliveryResult.Answer;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.notify.WebhookTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real listeners: a refused address must not even be connected to. */
class WebhookGuardTest {
    private final AtomicInteger posts = new AtomicInteger();
    private HttpServer site;
    private final WebhookNotifier notifier = notifier(false);

    @BeforeEach
    void start() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            posts.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
    }

    /** All the ways to write this machine, a name that resolves to it among them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0.0.0.0",
                "0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]"
            })
    void aJobsOwnAddressDoesNotReachThisMachine(String host) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(0)).configureBlocking(false);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();

            DeliveryResult result = deliver(notifier, host, port, false);

            assertThat(result.answer()).isEqualTo(Answer.RETRY);
            // Which of the odd spellings are addresses is the resolver's affair; none may get through.
            assertThat(result.seen())
                    .matches("(refused: the host has an? .* address, and .*|the host's name is not known)");
            assertThat(listener.accept()).as("a connection").isNull();
        }
    }

    @Test
    void saysWhyAndHowToAllowItButNotTheAddress() {
        DeliveryResult result = deliver(notifier, "localhost", site.getAddress().getPort(), false);

        assertThat(result.seen())
                .isEqualTo("refused: the host has a loopback address, and a job's webhook reaches public ones only"
                        + " (TRANSCODE_WEBHOOK_ALLOW_PRIVATE lifts that)");
    }

    @Test
    void theOperatorsAddressReachesThisMachine() {
        assertThat(deliver(notifier, "127.0.0.1", site.getAddress().getPort(), true)
                        .answer())
                .isEqualTo(Answer.DELIVERED);
        assertThat(deliver(notifier, "localhost", site.getAddress().getPort(), true)
                        .answer())
                .isEqualTo(Answer.DELIVERED);
    }

    @Test
    void aJobsOwnReachesItWhereThatIsAllowed() {
        assertThat(deliver(notifier(true), "127.0.0.1", site.getAddress().getPort(), false)
                        .answer())
                .isEqualTo(Answer.DELIVERED);
    }

    /** A connection kept from the operator's delivery would carry a job's past the guard. */
    @Test
    void noConnectionIsLeftOverFromTheOperatorsDelivery() {
        int port = site.getAddress().getPort();
        deliver(notifier, "127.0.0.1", port, true);

        DeliveryResult result = deliver(notifier, "127.0.0.1", port, false);

        assertThat(result.seen()).startsWith("refused");
        assertThat(posts).hasValue(1);
    }

    /** It would connect in our place, and the guard would see only the proxy's address. */
    @ParameterizedTest
    @ValueSource(strings = {"http.proxy", "socksProxy"})
    void noProxyOfTheJvmIsUsed(String proxy) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            System.setProperty(proxy + "Host", "127.0.0.1");
            System.setProperty(
                    proxy + "Port", Integer.toString(((InetSocketAddress) listener.getLocalAddress()).getPort()));
            System.setProperty("http.nonProxyHosts", "");
            System.setProperty("socksNonProxyHosts", "");
            try {
                DeliveryResult guarded = deliver(notifier(false), "10.0.0.1", 80, false);
                DeliveryResult trusted =
                        deliver(notifier(false), "127.0.0.1", site.getAddress().getPort(), true);

                assertThat(guarded.seen()).startsWith("refused: the host has a private address");
                assertThat(trusted.answer()).isEqualTo(Answer.DELIVERED);
                assertThat(listener.accept()).as("a connection to the proxy").isNull();
            } finally {
                System.clearProperty(proxy + "Host");
                System.clearProperty(proxy + "Port");
                System.clearProperty("http.nonProxyHosts");
                System.clearProperty("socksNonProxyHosts");
            }
        }
    }

    @Test
    void aGuardedSocketHasNoOtherWayToConnect() throws IOException {
        DirectSocketFactory guarded = new DirectSocketFactory(true);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = site.getAddress().getPort();

        try (Socket socket = guarded.createSocket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(loopback, port)))
                    .isInstanceOf(RefusedAddressException.class);
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", port), 100))
                    .isInstanceOf(RefusedAddressException.class);
        }
        assertThatThrownBy(() -> guarded.createSocket("localhost", port))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> guarded.createSocket("localhost", port, loopback, 0))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> guarded.createSocket(loopback, port))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> guarded.createSocket(loopback, port, loopback, 0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static WebhookNotifier notifier(boolean allowPrivate) {
        return new WebhookNotifier(WebhookSignature.NONE, allowPrivate, Duration.ofSeconds(5), Clock.systemUTC());
    }

    private static DeliveryResult deliver(WebhookNotifier notifier, String host, int port, boolean trusted) {
        WebhookTarget target = WebhookTarget.of("http://" + host + ":" + port + "/hook", trusted);
        return notifier.deliver(new WebhookEvent("evt_1", new JobId("job_1"), target, "{}"));
    }
}
