package dev.transcode.cli.serve.api;

import dev.transcode.internal.Count;
import dev.transcode.job.JobJson;
import dev.transcode.worker.Setting;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * What the API is told by its environment and command line.
 *
 * @param bind name or address of the interface
 * @param port 0 = a free one
 * @param tokens that callers may show; none = nobody has to, which only a loopback address allows
 * @param queues that may be submitted to, the first by default
 * @param defaults stand in for what a job leaves out
 * @param probeMaxBytes the largest object that is downloaded in order to probe it
 */
public record ApiConfig(
        String bind,
        int port,
        List<String> tokens,
        List<String> queues,
        JobJson.Defaults defaults,
        long probeMaxBytes) {
    /** The old API's. */
    public static final int DEFAULT_PORT = 3000;

    /** @throws SettingException if others could call without a token, or there is no such interface */
    public ApiConfig {
        tokens = List.copyOf(tokens);
        queues = List.copyOf(queues);
        if (queues.isEmpty()) {
            throw new SettingException("cannot start: there is no queue to submit to");
        }
        if (tokens.isEmpty() && !isLoopback(bind)) {
            throw new SettingException("cannot start: " + bind + " lets other machines in, and "
                    + Setting.API_TOKEN.names().get(0)
                    + " is not set. Set it to a long random text, or listen on 127.0.0.1.");
        }
    }

    /**
     * @param bind empty = as the environment says
     * @throws SettingException if a setting cannot be used
     */
    public static ApiConfig of(Settings settings, Optional<String> bind, int port) {
        return new ApiConfig(
                bind.orElseGet(() -> settings.required(Setting.API_BIND)),
                port,
                settings.text(Setting.API_TOKEN).isEmpty() ? List.of() : settings.list(Setting.API_TOKEN),
                settings.queues(),
                new JobJson.Defaults(settings.text(Setting.S3_BUCKET), Optional.empty()),
                settings.number(Setting.PROBE_MAX_BYTES, 1, Long.MAX_VALUE));
    }

    /** Whether only this machine reaches the server, and nobody has to show a token. */
    boolean isForThisMachineOnly() {
        return tokens.isEmpty();
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "API on " + bind + ":" + port + ", " + Count.of(tokens.size(), "token") + ", queues " + queues;
    }

    private static boolean isLoopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingException("cannot start: cannot listen on '" + bind + "': there is no such address here");
        }
    }
}
