package dev.transcode.cli.serve;

import com.google.gson.JsonObject;
import dev.transcode.internal.Version;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.SetHeaderHandler;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Serves one folder on loopback, at {@code /media/}, and at {@code /} the page that plays it. Thread-safe; runs until it
 * is closed.
 */
public final class PlayServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String MEDIA = "/media";
    private static final WebServer.Size SMALL = new WebServer.Size(4, 256);

    private final WebServer server;

    private PlayServer(WebServer server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param playlist the playlist to play; its folder is what is served
     * @param port 0 = a free one
     * @throws TranscodeException {@code io_error} if the folder cannot be read or the port is taken
     */
    public static PlayServer start(Path playlist, int port) {
        Path folder = playlist.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("not a file in a folder: " + playlist);
        }
        return new PlayServer(
                WebServer.start(LOOPBACK, port, handler(folder, String.valueOf(playlist.getFileName())), SMALL));
    }

    /** Address of the page. */
    public URI url() {
        return URI.create("http://" + LOOPBACK + ":" + server.port() + "/");
    }

    @Override
    public void close() {
        server.close();
    }

    private static HttpHandler handler(Path folder, String playlist) {
        Map<String, PageFile> files = PageFile.with("play.js");
        files.put("/", PageFile.resource("play.html"));
        files.put("/page/play.json", PageFile.json(facts(folder, playlist)));
        HttpHandler all =
                new PathHandler(new PageHandler(files, PlayServer::nothingThere)).addPrefixPath(MEDIA, media(folder));
        HttpHandler checked = new LoopbackHost(new SafeMethods(all));
        return new SetHeaderHandler(checked, "X-Content-Type-Options", "nosniff");
    }

    private static HttpHandler media(Path folder) {
        try {
            return new FolderHandler(folder);
        } catch (IOException e) {
            throw new TranscodeException(
                    new Failure(
                            FailureCode.IO_ERROR,
                            "cannot read " + folder + ": " + e.getMessage(),
                            FailureCode.IO_ERROR.hint()),
                    e);
        }
    }

    private static void nothingThere(HttpServerExchange exchange) {
        Answers.sentence(exchange, StatusCodes.NOT_FOUND, "There is nothing at this address.");
    }

    /** What the page has to know beforehand: where the playlist is, and what it is called. */
    private static String facts(Path folder, String playlist) {
        JsonObject json = new JsonObject();
        json.addProperty("playlist", MEDIA + "/" + encode(playlist));
        json.addProperty("folder", String.valueOf(folder.getFileName()));
        json.addProperty("version", Version.current());
        return json.toString();
    }

    private static String encode(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException("not a file name: " + name, e);
        }
    }
}
