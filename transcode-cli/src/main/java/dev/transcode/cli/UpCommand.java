package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.job.Cancellation;
import dev.transcode.job.JobJson;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Runs the whole system in this one process, without any server: page, HTTP API, queue, worker.",
        footer = {
            "",
            "Examples:",
            "  transcode up",
            "  transcode up --folder films --concurrency 2",
            "",
            "Put films into the folder and submit them on the page, or over HTTP as the",
            "command says; what is made of them appears in the same folder. The queue is in",
            "memory: jobs and their status do not survive a restart, and 'transcode submit',",
            "'status' and the like cannot reach it. Films and outputs stay. For work that",
            "must not be lost: Redis, 'transcode serve' and transcode-worker. Ctrl-C ends it."
        })
final class UpCommand implements Callable<Integer> {
    private static final int MAX_CONCURRENCY = 64;

    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "transcode-data",
            description = "Folder for films and outputs; an empty one gets a test film (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Jobs at once (default: TRANSCODE_CONCURRENCY, else 1).")
    private @Nullable Integer concurrency;

    @Mixin
    private ListenOptions listen;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Option(names = "--json", description = "Print one JSON object with address and folder, and nothing of the jobs.")
    private boolean json;

    UpCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
            throw new ParameterException(
                    spec.commandLine(), "--concurrency is " + concurrency + ": 1 to " + MAX_CONCURRENCY);
        }
        Settings settings = connections.settings();
        ApiConfig api = api(listen.config(settings));
        Path home = folder.toAbsolutePath().normalize();
        WorkerConfig config = worker(settings, home);
        Console console = Console.of(spec.commandLine());
        OneMachine machine = new OneMachine(home, ffmpeg::find, console, !json);
        Cancellation cancellation = new Cancellation();
        return Interrupts.cancelling(cancellation, () -> {
            machine.run(api, config, cancellation, server -> announce(console, server, api, home));
            return ExitCode.OK;
        });
    }

    private static ApiConfig api(ApiConfig set) {
        return new ApiConfig(
                set.bind(), set.port(), set.tokens(), set.queues(), defaults(set.defaults()), set.probeMaxBytes());
    }

    /** Work folders beside the outputs: finished files are then linked into place instead of copied. */
    private WorkerConfig worker(Settings settings, Path home) {
        WorkerConfig set = WorkerConfig.of(settings);
        return new WorkerConfig(
                set.queues(),
                concurrency == null ? set.concurrency() : concurrency,
                set.lease(),
                settings.path(Setting.WORK_DIR).orElse(home),
                WorkerConfig.Stop.GIVE_BACK,
                set.drain(),
                OptionalInt.empty(),
                defaults(set.defaults()),
                set.webhookUrl(),
                set.webhookSecret(),
                set.webhookAllowPrivate());
    }

    private static JobJson.Defaults defaults(JobJson.Defaults set) {
        return new JobJson.Defaults(Optional.of(OneMachine.BUCKET), set.publicBaseUrl());
    }

    private void announce(Console console, ApiServer server, ApiConfig api, Path home) {
        PrintWriter out = console.out();
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("url", server.url().toString());
            object.addProperty("folder", home.toString());
            out.println(Json.line(object));
            return;
        }
        String token = api.tokens().isEmpty() ? "" : " -H 'Authorization: Bearer TOKEN'";
        out.println("Open " + console.bold(server.url().toString()) + " in a browser.");
        out.println("Films go into " + home + ", outputs appear in " + home.resolve("transcoded") + ".");
        out.println("Submit a film on the page, or with:");
        out.println("  curl " + server.url() + "/api/transcode/submit -H 'Content-Type: application/json'" + token
                + " -d '{\"inputKey\": \"" + OneMachine.FILM + "\"}'");
        console.err().println("Jobs do not survive a restart: the queue is in memory. Films and outputs stay.");
        console.err().println("Ctrl-C ends it.");
    }
}
