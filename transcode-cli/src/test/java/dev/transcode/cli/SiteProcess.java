package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A site of docs/examples/site that serves, in a process of its own. Closing it kills it. */
final class SiteProcess implements AutoCloseable {
    static final String MEDIA = "https://www.example.com/roku-stream";

    /** Generous: several builds may share the machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");

    private final List<String> program;
    private final Path root;
    private final Map<String, String> settings;
    private final Process process;
    private final String url;

    /**
     * @param program how it is run, without its arguments
     * @param root for what it keeps and says
     * @param secret of the webhooks
     */
    SiteProcess(List<String> program, Path root, String secret) {
        this.program = List.copyOf(program);
        this.root = root;
        this.settings = Map.of(
                "PORT", "0", "EVENTS", events().toString(), "MEDIA_URL", MEDIA, "TRANSCODE_WEBHOOK_SECRET", secret);
        Path said = root.resolve("serve.txt");
        process = start(settings, said, "serve");
        url = await("the site listens")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the site ended", () -> !process.isAlive())
                .until(() -> listening(said), address -> !address.isEmpty());
    }

    private static String listening(Path said) throws IOException {
        Matcher matcher = LISTENING.matcher(Files.readString(said));
        return matcher.find() ? matcher.group(1) : "";
    }

    String url() {
        return url;
    }

    String webhookUrl() {
        return url + "/api/transcode-webhook";
    }

    /** What the site does when an upload is complete, in a process of its own; returns what it prints. */
    String submit(String api, String token, String upload, String key) throws IOException, InterruptedException {
        Path said = root.resolve("submit.txt");
        Process submit = start(Map.of("API_URL", api, "TRANSCODE_API_TOKEN", token), said, "submit", upload, key);
        boolean ended = submit.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        submit.destroyForcibly();
        String text = Files.readString(said);
        assertThat(ended).as(text).isTrue();
        assertThat(submit.exitValue()).as(text).isZero();
        return text.strip();
    }

    /** Names of the files it has recorded events in. */
    Set<String> recorded() {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(events())) {
            try (Stream<Path> files = Files.list(events())) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private Path events() {
        return root.resolve("events");
    }

    private Process start(Map<String, String> environment, Path said, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
