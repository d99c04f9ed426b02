package dev.transcode.cli;

import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.webhook.OutboxPump;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Serves the HTTP API and a page: submit jobs, watch them, play what they made.",
        footer = {
            "",
            "Examples:",
            "  transcode serve",
            "  TRANSCODE_API_TOKEN=... transcode serve --bind 0.0.0.0 --port 8080",
            "",
            "The page is at /, and asks for a token where one is set. Queue and storage are",
            "the workers': REDIS_URL, LYVE_ENDPOINT and so on. /openapi.yaml tells all",
            "calls; /healthz, /readyz and /metrics are for operators. Other machines can",
            "call only with a token. Webhooks that are due are delivered from here too.",
            "Ctrl-C ends it."
        })
final class ServeCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ListenOptions listen;

    @Option(names = "--json", description = "Print one JSON object with the address.")
    private boolean json;

    ServeCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        Settings settings = connections.settings();
        ApiConfig config = listen.config(settings);
        WorkerConfig webhooks = WorkerConfig.of(settings);
        Storage storage = connections.storage();
        try (QueueBackend queue = connections.openQueue();
                OutboxPump pump = Webhooks.pump(queue, webhooks);
                ApiServer server = ApiServer.builder()
                        .config(config)
                        .queue(queue)
                        .storage(storage)
                        .start()) {
            pump.start();
            announce(server, config);
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private void announce(ApiServer server, ApiConfig config) {
        Console console = Console.of(spec.commandLine());
        if (json) {
            console.out().println("{\"url\":\"" + server.url() + "\"}");
            return;
        }
        console.out().println("Listening on " + console.bold(server.url().toString()));
        console.err()
                .println(
                        config.tokens().isEmpty()
                                ? "No token is set: only this machine can call. Ctrl-C ends it."
                                : "Callers show a token of TRANSCODE_API_TOKEN. Ctrl-C ends it.");
    }
}
