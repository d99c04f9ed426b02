package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The other end of sd_notify: a UNIX datagram socket, opened by Python since Java has none. */
public final class NotifyListener implements AutoCloseable {
    /** One line for each datagram, its assignments separated by spaces. A barrier's descriptor is closed by not taking it. */
    private static final String SCRIPT = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            while True:
                print(s.recv(65536).decode().strip().replace("\\n", " "), flush=True)
            """;

    private final Path socket;
    private final Path heard;
    private final Process process;

    private NotifyListener(Path socket, Path heard, Process process) {
        this.socket = socket;
        this.heard = heard;
        this.process = process;
    }

    /** @param folder for the socket; skips the test where there is no systemd-notify */
    public static NotifyListener open(Path folder) {
        boolean there = List.of("/usr/bin", "/bin").stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-notify")));
        if ("required".equals(System.getenv("TRANSCODE_IT"))) {
            assertThat(there).as("systemd-notify: apt-get install systemd").isTrue();
        }
        assumeTrue(there, "no systemd-notify: apt-get install systemd");
        Path socket = folder.resolve("notify");
        Path heard = folder.resolve("heard");
        try {
            Process process = new ProcessBuilder("python3", "-c", SCRIPT, socket.toString())
                    .redirectOutput(heard.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            await().until(() -> Files.exists(socket));
            return new NotifyListener(socket, heard, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For NOTIFY_SOCKET. */
    public String socket() {
        return socket.toString();
    }

    /** All so far, but for the barriers. */
    public List<String> heard() {
        try {
            return Files.readAllLines(heard).stream()
                    .filter(line -> !line.startsWith("BARRIER="))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many hold this assignment. */
    public long count(String assignment) {
        return heard().stream().filter(line -> line.contains(assignment)).count();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
