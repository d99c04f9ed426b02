package dev.transcode.worker.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Stands between workers and Redis, reads the commands (RESP, arrays of bulk strings) and can hold one of them. */
final class RedisProxy implements AutoCloseable {
    private final int upstream;
    private final Predicate<List<String>> rule;
    private final ServerSocket server;

    /** @param rule called for each command, its name first; false drops it, and whatever comes after it */
    RedisProxy(int upstream, Predicate<List<String>> rule) {
        this.upstream = upstream;
        this.rule = rule;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Whether a command runs this script of ours, by its hash or by its text. */
    static boolean runs(List<String> command, String script) {
        String text = text(script);
        boolean byHash =
                command.get(0).equalsIgnoreCase("EVALSHA") && command.get(1).equals(sha1(text));
        boolean byText =
                command.get(0).equalsIgnoreCase("EVAL") && command.get(1).equals(text);
        return byHash || byText;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), upstream);
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                daemon(() -> answers(redis, client));
                daemon(() -> commands(client, redis));
            } catch (IOException e) {
                // Redis is away, or this is the end: the client sees its connection closed.
            }
        }
    }

    private static void answers(Socket redis, Socket client) {
        try (redis;
                client) {
            redis.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    private void commands(Socket client, Socket redis) {
        try (client;
                redis) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = redis.getOutputStream();
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            for (List<String> command = read(in, raw); !command.isEmpty(); command = read(in, raw)) {
                if (!rule.test(command)) {
                    return;
                }
                out.write(raw.toByteArray());
                raw.reset();
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    /** Reads one command, and its bytes into {@code raw}; empty at the end of the stream. */
    private static List<String> read(InputStream in, ByteArrayOutputStream raw) throws IOException {
        List<String> command = new ArrayList<>();
        int parts = length(in, raw, '*');
        for (int i = 0; i < parts; i++) {
            int bytes = length(in, raw, '$');
            byte[] part = in.readNBytes(bytes + 2);
            raw.write(part);
            if (part.length < bytes + 2) {
                return List.of();
            }
            command.add(new String(part, 0, bytes, StandardCharsets.UTF_8));
        }
        return command;
    }

    private static int length(InputStream in, ByteArrayOutputStream raw, char kind) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            raw.write(next);
            if (next == '\n') {
                if (line.charAt(0) != kind) {
                    throw new IOException("expected " + kind + ": " + line);
                }
                return Integer.parseInt(line.substring(1).strip());
            }
            line.append((char) next);
        }
        return 0;
    }

    /** A script's source as it is sent. */
    static String text(String script) {
        return read("prelude") + read(script);
    }

    private static String read(String script) {
        try (InputStream in = RedisProxy.class.getResourceAsStream("/dev/transcode/queue/redis/" + script + ".lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test-redis-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
