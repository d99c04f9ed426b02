import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A site that has its uploads transcoded. Java 17 and Gson.
 *
 * <pre>
 * java -cp gson.jar Site.java submit UPLOAD KEY    what the site does when an upload is complete; prints the job's id
 * java -cp gson.jar Site.java serve                POST /api/transcode-webhook and GET /feed.xml
 * </pre>
 */
public final class Site {
    private static final String API = setting("API_URL", "http://127.0.0.1:3000");
    /** Where the bucket's root is seen. */
    private static final String MEDIA = setting("MEDIA_URL", "https://www.example.com/roku-stream");

    private static final Path EVENTS = Path.of(setting("EVENTS", "events"));
    private static final List<String> SECRETS = Stream.of(setting("TRANSCODE_WEBHOOK_SECRET", "").split("[,\\s]+"))
            .filter(secret -> !secret.isEmpty())
            .toList();

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3 && args[0].equals("submit")) {
            System.out.println(submit(args[1], args[2]));
        } else if (args.length == 1 && args[0].equals("serve") && !SECRETS.isEmpty()) {
            int port = Integer.parseInt(setting("PORT", "8000"));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newFixedThreadPool(8));
            server.createContext("/api/transcode-webhook", Site::webhook);
            server.createContext("/feed.xml", Site::feed);
            server.start();
            System.out.println("Listening on http://127.0.0.1:" + server.getAddress().getPort());
        } else {
            System.err.println("usage: Site submit UPLOAD KEY | serve;"
                    + " serve needs TRANSCODE_WEBHOOK_SECRET, the one of the workers");
            System.exit(2);
        }
    }

    /** Queues one job for an upload, also when it is called twice: the Idempotency-Key tells that it is the same. */
    private static String submit(String upload, String key) throws IOException, InterruptedException {
        JsonObject job = new JsonObject();
        job.addProperty("id", "film-" + upload);
        job.addProperty("inputKey", key);
        job.addProperty("profile", "roku-hls");
        job.addProperty("outputPrefix", "films/" + upload);
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + "/api/transcode/submit"))
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "upload-" + upload)
                .header("Authorization", "Bearer " + setting("TRANSCODE_API_TOKEN", ""))
                .POST(HttpRequest.BodyPublishers.ofString(job.toString()))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject().get("jobId").getAsString();
    }

    private static void webhook(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(1_000_000);
            Optional<String> event = verified(exchange.getRequestHeaders(), body);
            if (event.isPresent()) {
                record(event.get(), body);
            }
            // At once; what takes long comes afterwards, from the recorded event.
            exchange.sendResponseHeaders(event.isPresent() ? 204 : 401, -1);
        }
    }

    /** The event's id if the webhook is signed with one of our secrets and not old. */
    private static Optional<String> verified(Headers headers, byte[] body) {
        String event = header(headers, "webhook-id");
        String sent = header(headers, "webhook-timestamp");
        if (!event.matches("[A-Za-z0-9_-]{1,64}") || !sent.matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(sent)) > 300) {
            return Optional.empty();
        }
        for (String secret : SECRETS) {
            byte[] wanted = signature(secret, event + "." + sent + ".", body).getBytes(StandardCharsets.UTF_8);
            for (String one : header(headers, "webhook-signature").split(" ")) {
                if (MessageDigest.isEqual(wanted, one.getBytes(StandardCharsets.UTF_8))) {
                    return Optional.of(event);
                }
            }
        }
        return Optional.empty();
    }

    private static String header(Headers headers, String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    private static String signature(String secret, String before, byte[] body) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One file for each event: a webhook that comes twice writes the same file again. */
    private static void record(String event, byte[] body) throws IOException {
        Files.createDirectories(EVENTS);
        Path part = Files.write(Files.createTempFile(EVENTS, event, ".part"), body);
        Files.move(part, EVENTS.resolve(event + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The complete films as MRSS, made of the recorded events. */
    private static void feed(HttpExchange exchange) throws IOException {
        Map<String, String> playlists = new TreeMap<>();
        Files.createDirectories(EVENTS);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(EVENTS, "*.json")) {
            for (Path file : files) {
                JsonObject event = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                if (event.get("status").getAsString().equals("complete")) {
                    for (JsonElement output : event.getAsJsonArray("outputs")) {
                        JsonObject one = output.getAsJsonObject();
                        if (one.get("profile").getAsString().equals("hls")) {
                            playlists.put(event.get("job_id").getAsString(), address(one.get("key").getAsString()));
                        }
                    }
                }
            }
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\">"
                + "<channel><title>Films</title>\n");
        playlists.forEach((job, url) -> xml.append("<item><guid isPermaLink=\"false\">" + escaped(job)
                + "</guid><title>" + escaped(job) + "</title><media:content url=\"" + escaped(url)
                + "\" type=\"application/x-mpegURL\" medium=\"video\"/></item>\n"));
        byte[] body = xml.append("</channel></rss>\n").toString().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String address(String key) {
        try {
            return MEDIA + new URI(null, null, "/" + key, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
