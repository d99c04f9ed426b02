package dev.transcode.cli.serve.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many who watch all events, on one thread; notes how old each event was when it arrived. */
final class WatcherCrowd implements AutoCloseable {
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");
    private static final int MAX_NOTES = 5_000_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final Thread thread = new Thread(this::read, "watchers");
    private float[] ages = new float[1 << 16];
    private int count;
    private int open;
    private volatile boolean closed;

    WatcherCrowd(int port, int watchers) throws IOException {
        byte[] request =
                "GET /api/transcode/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < watchers; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            open++;
        }
        thread.setDaemon(true);
        thread.start();
    }

    synchronized int open() {
        return open;
    }

    synchronized void forget() {
        count = 0;
    }

    /** In milliseconds, one for each event of each watcher. */
    synchronized double[] ages() {
        double[] all = new double[count];
        Arrays.setAll(all, i -> ages[i]);
        return all;
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void read(SelectionKey key) throws IOException {
        buffer.clear();
        int read = ((ReadableByteChannel) key.channel()).read(buffer);
        if (read < 0) {
            key.channel().close();
            open--;
            return;
        }
        long now = System.currentTimeMillis();
        Matcher matcher = AT.matcher(new String(buffer.array(), 0, read, StandardCharsets.UTF_8));
        while (matcher.find() && count < MAX_NOTES) {
            if (count == ages.length) {
                ages = Arrays.copyOf(ages, count * 2);
            }
            ages[count++] = now - Instant.parse(matcher.group(1)).toEpochMilli();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
