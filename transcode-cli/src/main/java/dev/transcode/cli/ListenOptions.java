package dev.transcode.cli;

import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.worker.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command that serves the HTTP API listens. */
final class ListenOptions {
    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ApiConfig.DEFAULT_PORT,
            description = "Port to listen on; 0 = a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: TRANSCODE_API_BIND, else 127.0.0.1).")
    private @Nullable String bind;

    /**
     * @throws ParameterException if there is no such port
     * @throws dev.transcode.worker.SettingException if others could call without a token, or a setting is wrong
     */
    ApiConfig config(Settings settings) {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "there is no port " + port + ": 0 to " + MAX_PORT);
        }
        return ApiConfig.of(settings, Optional.ofNullable(bind), port);
    }
}
