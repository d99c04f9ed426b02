package dev.transcode.cli.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small package on a web server of this machine, good as it is made; a test spoils one thing of it. */
final class WebPackage implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final HttpServer server;
    volatile String playlistType = "application/x-mpegURL";
    volatile String allowOrigin = "*";
    volatile boolean ranges = true;
    volatile String moved = "";
    volatile String movedTo = "/film/master.m3u8";

    WebPackage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        put("/film/master.m3u8", """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="r/a/index.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=1200000,AVERAGE-BANDWIDTH=1000000,CODECS="avc1.64001F,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=24.000,AUDIO="a"
                r/v/index.m3u8
                """);
        for (String track : new String[] {"a", "v"}) {
            put("/film/r/" + track + "/index.m3u8", """
                    #EXTM3U
                    #EXT-X-VERSION:7
                    #EXT-X-TARGETDURATION:4
                    #EXT-X-PLAYLIST-TYPE:VOD
                    #EXT-X-MAP:URI="init.mp4"
                    #EXTINF:4.000,
                    s0.m4s
                    #EXTINF:4.000,
                    s1.m4s
                    #EXTINF:2.500,
                    s2.m4s
                    #EXT-X-ENDLIST
                    """);
            for (String file : new String[] {"init.mp4", "s0.m4s", "s1.m4s", "s2.m4s"}) {
                put("/film/r/" + track + "/" + file, new byte[50_000]);
            }
        }
    }

    URI master() {
        return URI.create(origin() + "/film/master.m3u8");
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(String path, String text) {
        put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    void remove(String path) {
        files.remove(path);
    }

    /** Replaces text in a playlist; it must be there. */
    void replace(String path, String from, String to) {
        String text = new String(files.get(path), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new AssertionError("no '" + from + "' in " + path);
        }
        put(path, text.replace(from, to));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] bytes = files.get(path);
        if (!allowOrigin.isEmpty()) {
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", allowOrigin);
        }
        if (!moved.isEmpty() && path.startsWith(moved)) {
            exchange.getResponseHeaders().add("Location", movedTo + path.substring(moved.length()));
            exchange.sendResponseHeaders(302, -1);
        } else if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            send(exchange, path, bytes);
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, String path, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", path.endsWith(".m3u8") ? playlistType : "video/iso.segment");
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        if (ranges && range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
            exchange.sendResponseHeaders(206, to - from + 1);
            exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, to + 1));
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
