package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one who means no good cannot use up: connections, and the patience with half a request. */
class LimitsTest {
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    private Path root;

    @Test
    void oneConnectionTooManyWaitsUntilAnotherIsClosed() throws Exception {
        try (TestApi api = TestApi.with(root, builder -> builder.connections(4))) {
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                open.add(ask(api, HEALTH));
                assertThat(answer(open.get(i))).startsWith("HTTP/1.1 200 ");
            }

            try (Socket late = ask(api, HEALTH)) {
                late.setSoTimeout(400);
                assertThatThrownBy(() -> answer(late)).isInstanceOf(SocketTimeoutException.class);

                for (Socket socket : open) {
                    socket.close();
                }
                late.setSoTimeout(10_000);
                assertThat(answer(late)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void whoSendsHalfABodyIsCutOffAndOthersAreAnswered() throws Exception {
        try (TestApi api = TestApi.with(root, builder -> builder.bodyTime(Duration.ofMillis(500)));
                Socket slow = ask(
                        api,
                        "POST /api/transcode/submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 20\r\n\r\n{\"inputKey\"")) {
            long start = System.nanoTime();
            assertThat(api.post("/api/transcode/submit", "{\"inputKey\": \"a\"}")
                            .statusCode())
                    .isEqualTo(200);

            slow.setSoTimeout(10_000);
            assertThat(slow.getInputStream().read()).as("end of the connection").isNegative();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(TestApi.json(api.get("/api/transcode/jobs")).getAsJsonArray("jobs"))
                    .hasSize(1);
        }
    }

    private static Socket ask(TestApi api, String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.url.getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What has come of the answer. */
    private static String answer(Socket socket) throws IOException {
        byte[] buffer = new byte[4_096];
        int read = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, read), StandardCharsets.US_ASCII);
    }
}
