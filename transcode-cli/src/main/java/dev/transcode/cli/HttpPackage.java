package dev.transcode.cli;

import dev.transcode.cli.http.HttpErrors;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.verify.PackageSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A package on the web, loaded file by file and as a whole no more than allowed. Redirects are followed as the JDK does:
 * at most five, never from https to http.
 */
final class HttpPackage implements PackageSource {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** For one file, with its body: 7.7 MB, the largest segment a Roku takes, at half a megabit. */
    private static final Duration FILE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build();
    private final Path directory;
    private final long maxBytes;
    private final Map<URI, Path> loaded = new HashMap<>();
    private long bytes;
    private int files;

    /**
     * @param directory takes the files
     * @param maxBytes loaded in all
     */
    HttpPackage(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Path> fetch(URI resource, long maxFileBytes) throws IOException {
        Path known = loaded.get(resource);
        if (known != null) {
            return Optional.of(known);
        }
        long left = maxBytes - bytes;
        HttpResponse<Path> response = get(resource, Math.min(left, maxFileBytes), left < maxFileBytes);
        if (response.statusCode() == 404 || response.statusCode() == 410) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw unreachable(resource, "the server answered " + response.statusCode(), null);
        }
        bytes += Files.size(response.body());
        loaded.put(resource, response.body());
        return Optional.of(response.body());
    }

    @Override
    public void release(URI resource) {
        Path file = loaded.remove(resource);
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The folder goes as a whole at the end.
                return;
            }
        }
    }

    private HttpResponse<Path> get(URI resource, long most, boolean budgetEnds) throws IOException {
        Path target = directory.resolve("file" + files++);
        HttpRequest request = HttpRequest.newBuilder(resource)
                .timeout(FILE)
                .header("User-Agent", "transcode-verify")
                .build();
        // Only what was found is kept: pages that say what is missing are not counted, and may be of any length.
        CompletableFuture<HttpResponse<Path>> answer = client.sendAsync(
                request,
                head -> head.statusCode() == 200
                        ? new FileSubscriber(target, most)
                        : BodySubscribers.replacing(target));
        try {
            // The request's own timeout ends with the headers; a body may still drip for ever.
            return answer.get(FILE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable(resource, "it was not loaded within " + FILE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TranscodeException(FailureCode.CANCELLED, "stopped loading " + resource, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof FileSubscriber.TooLongException tooLong) {
                if (budgetEnds) {
                    throw overBudget();
                }
                throw tooLong;
            }
            throw unreachable(resource, HttpErrors.reason(cause), cause);
        }
    }

    private TranscodeException overBudget() {
        return new TranscodeException(new Failure(
                FailureCode.BAD_INPUT,
                "cannot verify the package: it is larger than " + Format.bytes(maxBytes) + ", the most that is loaded",
                "Allow more with --max-bytes, or verify a local copy."));
    }

    private static TranscodeException unreachable(URI resource, String reason, @Nullable Throwable cause) {
        Failure failure = new Failure(
                FailureCode.RESET,
                "cannot load " + resource + ": " + reason,
                "Check the address and the network, and that the file may be read without logging in.");
        return cause == null ? new TranscodeException(failure) : new TranscodeException(failure, cause);
    }
}
