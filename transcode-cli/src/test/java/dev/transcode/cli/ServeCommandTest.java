package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve} and {@code up} as far as they get without a server, a film or FFmpeg. */
class ServeCommandTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"serve", "up"})
    void helpTellsWhereItListens(String command) {
        CommandRun run = run(Map.of(), command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("--port=N", "default: 3000", "--bind=ADDRESS", "TRANSCODE_API_BIND", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "up"})
    void aPortThatCannotBeIsAUsageError(String command) {
        for (String port : new String[] {"-1", "65536", "http"}) {
            CommandRun run = run(Map.of(), command, "--port=" + port);
            assertThat(run.code()).as(port).isEqualTo(2);
            assertThat(run.err()).contains("error: ", "hint: ");
        }
        assertThat(run(Map.of(), command, "--port=65536").err()).contains("there is no port 65536: 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "up"})
    void otherMachinesAreLetInOnlyWithAToken(String command) {
        CommandRun byOption = run(Map.of(), command, "--port=0", "--bind=0.0.0.0");
        CommandRun byVariable = run(Map.of("TRANSCODE_API_BIND", "::"), command, "--port=0");

        assertThat(byOption.code()).isEqualTo(2);
        assertThat(byOption.err())
                .contains("cannot start: 0.0.0.0 lets other machines in, and TRANSCODE_API_TOKEN is not set", "hint: ");
        assertThat(byVariable.code()).isEqualTo(2);
        assertThat(byVariable.err()).contains("cannot start: :: lets other machines in");
        assertThat(run(Map.of(), command, "--bind=no-such-host.invalid").err())
                .contains("cannot listen on 'no-such-host.invalid'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "up"})
    void aPortThatIsTakenIsNamed(String command) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = run(Map.of(), command, "--port=" + taken.getLocalPort());

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is taken")
                    .contains("hint: Choose another port with --port; 0 is a free one.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "up"})
    void aWebhookSecretThatIsNoneIsASetting(String command) {
        CommandRun run = run(Map.of("TRANSCODE_WEBHOOK_SECRET", "s3cret"), command, "--port=0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("secret 1 of TRANSCODE_WEBHOOK_SECRET").doesNotContain("s3cret");
    }

    @Test
    void upRefusesWhatItCannotWorkWith() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        CommandRun run = new TestConnections(Map.of()).run("up", "--port=0", "--folder=" + file);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cannot use the folder " + file, "is no folder");
        for (String many : new String[] {"0", "65"}) {
            assertThat(run(Map.of(), "up", "--concurrency=" + many).err())
                    .contains("--concurrency is " + many + ": 1 to 64");
        }
    }

    @Test
    void servesUntilItIsInterrupted() throws Exception {
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
        PrintWriter printer = new PrintWriter(new StringWriter()) {
            @Override
            public void println(String line) {
                lines.add(line);
            }
        };
        int[] code = {-1};
        TestConnections servers = new TestConnections(Map.of("TRANSCODE_API_TOKEN", "one, two"));
        Thread command = new Thread(() -> code[0] =
                Main.run(servers, printer, new PrintWriter(new StringWriter()), "serve", "--port=0", "--json"));
        command.start();
        String line = String.valueOf(lines.poll(30, TimeUnit.SECONDS));
        assertThat(line).matches("\\{\"url\":\"http://127\\.0\\.0\\.1:\\d+\"}");
        URI jobs = URI.create(line.substring(8, line.length() - 2) + "/api/transcode/jobs");

        assertThat(get(jobs, "none")).isEqualTo(401);
        assertThat(get(jobs, "one")).isEqualTo(200);
        assertThat(get(jobs, "two")).isEqualTo(200);

        command.interrupt();
        command.join(30_000);
        assertThat(command.isAlive()).isFalse();
        assertThat(code[0]).isZero();
    }

    private static int get(URI uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** {@code up} works in a folder of its own. */
    private CommandRun run(Map<String, String> env, String command, String... options) {
        List<String> args = new ArrayList<>(List.of(command));
        if (command.equals("up")) {
            args.add("--folder=" + temp.resolve("data"));
        }
        args.addAll(List.of(options));
        return new TestConnections(env).run(args.toArray(new String[0]));
    }
}
