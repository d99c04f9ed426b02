package dev.transcode.cli.serve;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.xnio.Options;

/** A small HTTP/1.1 server: few threads, bounded requests. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final int IO_THREADS = 2;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int REQUEST_MILLIS = 30_000;
    private static final int IDLE_MILLIS = 120_000;

    private final Undertow undertow;
    private final InetSocketAddress address;

    private WebServer(Undertow undertow, InetSocketAddress address) {
        this.undertow = undertow;
        this.address = address;
    }

    /**
     * How much it takes on.
     *
     * @param workerThreads on which requests are answered that wait for something
     * @param connections at once; more wait until one is closed
     */
    public record Size(int workerThreads, int connections) {}

    /**
     * Starts to listen.
     *
     * @param host name or address of the interface
     * @param port 0 = a free one
     * @throws TranscodeException {@code io_error} if the port is taken or not allowed
     */
    public static WebServer start(String host, int port, HttpHandler handler, Size size) {
        Undertow undertow = Undertow.builder()
                .addHttpListener(port, host)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(size.workerThreads())
                .setSocketOption(Options.CONNECTION_HIGH_WATER, size.connections())
                .setSocketOption(Options.CONNECTION_LOW_WATER, size.connections())
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setHandler(handler)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            throw cannotListen(host, port, e);
        }
        Undertow.ListenerInfo listener = undertow.getListenerInfo().get(0);
        return new WebServer(undertow, (InetSocketAddress) listener.getAddress());
    }

    /** The port that is listened on. */
    public int port() {
        return address.getPort();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    /** Undertow wraps what the socket said. */
    private static RuntimeException cannotListen(String host, int port, RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SocketException)) {
            cause = cause.getCause();
        }
        if (!(cause instanceof SocketException)) {
            return e;
        }
        String reason = cause instanceof BindException && port != 0
                ? "the port is taken or not allowed: " + cause.getMessage()
                : String.valueOf(cause.getMessage());
        return new TranscodeException(
                new Failure(
                        FailureCode.IO_ERROR,
                        "cannot listen on " + host + ":" + port + ": " + reason,
                        "Choose another port with --port; 0 is a free one."),
                e);
    }
}
