package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class S3ConnectTest {
    /** What Ceph's gateway 16.2 says to HEAD /: no body may follow, its end follows all the same. */
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void whatFollowsAnAnswerWithoutABodyIsNotTheNextAnswer() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                S3Storage storage = S3Storage.builder()
                        .endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                        .credentials("key", "secret")
                        .build()) {
            threads.execute(() -> accept(server, threads));
            for (int i = 0; i < 5; i++) {
                storage.connect();
            }
            assertThat(answers).hasValue(5);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept(ServerSocket server, ExecutorService threads) {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /** Answers each request, and leaves the connection open. */
    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    answers.incrementAndGet();
                    socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }
}
