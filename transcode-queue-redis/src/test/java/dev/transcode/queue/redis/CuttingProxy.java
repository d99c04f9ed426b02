package dev.transcode.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a client and Redis, and can let a command through and lose its reply: the connection breaks in its
 * place.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();

    /** A request that contains this loses its reply, once; then null. */
    private final AtomicReference<String> cutAfter = new AtomicReference<>();

    CuttingProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** The next request that contains {@code text} is carried out, but nobody hears of it. */
    void loseReplyTo(String text) {
        cutAfter.set(text);
    }

    /** Whether the reply has been lost by now. */
    boolean hasCut() {
        return cutAfter.get() == null;
    }

    /** Breaks every connection. */
    synchronized void cutAll() {
        sockets.forEach(CuttingProxy::close);
        sockets.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                synchronized (this) {
                    sockets.add(client);
                    sockets.add(server);
                }
                Pair pair = new Pair(client, server);
                start(pair::requests);
                start(pair::replies);
            } catch (IOException e) {
                return; // closed, or Redis is away: the client sees a broken connection
            }
        }
    }

    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean mute;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            byte[] buffer = new byte[65_536];
            try {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    String cut = cutAfter.get();
                    if (cut != null && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(cut)) {
                        mute = true;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // the other side has closed both
            }
            close(client);
            close(server);
        }

        void replies() {
            byte[] buffer = new byte[65_536];
            try {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (mute) {
                        cutAfter.set(null);
                        break;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // the other side has closed both
            }
            close(client);
            close(server);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }
}
