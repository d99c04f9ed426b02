package dev.transcode.queue.redis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real redis-server as a child process on a free port, with a data directory of its own. Append-only file, every write
 * synced: what a client was told is there after {@link #kill} and {@link #start}.
 */
public final class TestRedis implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(10);

    private final Path program;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private Process process;

    private TestRedis(Path program, List<String> options) {
        this.program = program;
        this.options = List.copyOf(options);
        try {
            directory = Files.createTempDirectory("test-redis");
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Redis from PATH, else the embedded one; with further options of redis-server, e.g. {@code --maxmemory 2mb}. */
    public static TestRedis open(String... options) {
        return new TestRedis(onPath().orElseGet(EmbeddedRedis::program), List.of(options));
    }

    /** Any redis-server. */
    public static TestRedis open(Path program, String... options) {
        return new TestRedis(program, List.of(options));
    }

    /** redis-server from PATH. */
    public static Optional<Path> onPath() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(directory, "redis-server");
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    /** Database 0. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it, again with the data it had, and waits until it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("redis-server did not start: " + log());
            }
            pause();
        }
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Holds it (SIGSTOP): connections stay, nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " exited " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it answers at all: a PONG, or that it wants a password. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            socket.setSoTimeout(1_000);
            OutputStream out = socket.getOutputStream();
            out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
            return answer.equals("+PON") || answer.equals("-NOA");
        } catch (IOException e) {
            return false;
        }
    }

    /** What it has printed. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private void await() {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Between two looks at a process that starts: it offers nothing to wait for. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
