package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that means no good. */
class HttpPackageTest {
    @TempDir
    private Path loaded;

    /** A playlist names any number of files, and what is not found counts for nothing. */
    @Test
    void whatItSaysInsteadOfAFileIsNotKept() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, 0);
            exchange.getResponseBody().write(new byte[1 << 20]);
            exchange.close();
        });
        server.start();
        try {
            HttpPackage source = new HttpPackage(loaded, 10_000);
            URI film = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/s0.ts");

            assertThat(source.fetch(film, 1L << 40)).isEmpty();
            assertThat(loaded).isEmptyDirectory();
        } finally {
            server.stop(0);
        }
    }
}
