package dev.transcode.cli;

import dev.transcode.cli.serve.PlayServer;
import dev.transcode.hls.HlsLayout;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "play",
        description = "Serves a folder with an HLS package on this machine, with a page that plays it.",
        footer = {
            "",
            "Examples:",
            "  transcode play out",
            "  transcode play out/master.m3u8 --port 8080",
            "",
            "The page shows the player, the switch of quality, what was found in the source",
            "and each rendition's bitrate over time. Only this machine can reach it; the",
            "files are at /media/, for other players.",
            "Ctrl-C ends it."
        })
final class PlayCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder with master.m3u8, or a playlist itself.")
    private Path path;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: a free one).")
    private int port;

    @Option(names = "--json", description = "Print one JSON object with the address.")
    private boolean json;

    @Override
    public Integer call() {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "there is no port " + port + ": 0 to " + MAX_PORT);
        }
        Path playlist = playlist(path);
        Console console = Console.of(spec.commandLine());
        try (PlayServer server = PlayServer.start(playlist, port)) {
            if (json) {
                console.out().println("{\"url\":\"" + server.url() + "\"}");
            } else {
                console.out().println("Open " + console.bold(server.url().toString()) + " in a browser.");
                console.out().println("Other players: " + server.url() + "media/" + playlist.getFileName());
                console.err().println("Ctrl-C ends it.");
            }
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private static Path playlist(Path path) {
        if (Files.isRegularFile(path) && path.toString().endsWith(".m3u8")) {
            return path;
        }
        Path master = path.resolve(HlsLayout.MASTER);
        if (Files.isRegularFile(master)) {
            return master;
        }
        throw new TranscodeException(
                new Failure(FailureCode.INPUT_NOT_FOUND, "cannot play " + path + ": " + reason(path), hint(path)));
    }

    private static String reason(Path path) {
        if (Files.isDirectory(path)) {
            return "there is no " + HlsLayout.MASTER + " in it";
        }
        return Files.exists(path) ? "it is neither a folder nor a playlist" : "there is no such folder";
    }

    /** The folder meant is often one below. */
    private static String hint(Path path) {
        if (Files.isDirectory(path)) {
            try (var folders = Files.newDirectoryStream(path, Files::isDirectory)) {
                for (Path folder : folders) {
                    if (Files.isRegularFile(folder.resolve(HlsLayout.MASTER))) {
                        return "Did you mean 'transcode play " + folder + "'?";
                    }
                }
            } catch (IOException unreadable) {
                return "Check that the folder may be read.";
            }
        }
        return Files.isRegularFile(path)
                ? "Make a package of it first: transcode run " + path
                : "Name the folder that 'transcode run' wrote.";
    }
}
