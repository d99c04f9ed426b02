package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "upload",
        description = "Puts a file into the object store, for a job to read.",
        footer = {
            "",
            "Examples:",
            "  transcode upload film.mp4 in/film.mp4       into the bucket of LYVE_BUCKET",
            "  transcode upload film.mp4 s3://media/in/    as in/film.mp4",
            "  transcode submit --input \"$(transcode upload film.mp4 s3://media/in/)\"",
            "",
            "The object's address goes to standard output. What was there before is replaced."
        })
final class UploadCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "KEY",
            description = "s3://bucket/key, or a key in LYVE_BUCKET; one that ends with / keeps the file's name.")
    private String key;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    UploadCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND,
                    "cannot upload " + file + ": "
                            + (Files.isDirectory(file) ? "it is a folder" : "there is no such file"));
        }
        ObjectRef object = object();
        Storage storage = connections.storage();
        Console console = Console.of(spec.commandLine());
        UploadProgress progress = new UploadProgress(console);
        Cancellation cancellation = new Cancellation();
        long start = System.nanoTime();
        ObjectInfo info;
        try {
            info = Interrupts.cancelling(
                    cancellation,
                    () -> storage.put(object, file, PutOptions.of(contentType(), "no-cache"), progress, cancellation));
        } finally {
            progress.end();
        }
        print(console, object, info, Duration.ofNanos(System.nanoTime() - start));
        return ExitCode.OK;
    }

    private ObjectRef object() {
        S3Address address = S3Address.parse("KEY", key, connections.settings());
        boolean folder = address.key().isEmpty() || address.key().endsWith("/");
        return new ObjectRef(address.bucket(), folder ? address.key() + file.getFileName() : address.key());
    }

    private String contentType() {
        try {
            return Optional.ofNullable(Files.probeContentType(file)).orElse("application/octet-stream");
        } catch (IOException e) {
            return "application/octet-stream";
        }
    }

    private void print(Console console, ObjectRef object, ObjectInfo info, Duration taken) {
        double megabytesPerSecond = info.bytes() / 1e6 / Math.max(1e-3, taken.toNanos() / 1e9);
        if (json) {
            JsonObject result = new JsonObject();
            result.addProperty("bucket", object.bucket());
            result.addProperty("key", object.key());
            result.addProperty("bytes", info.bytes());
            result.addProperty("etag", info.etag());
            result.addProperty("seconds", taken.toMillis() / 1e3);
            result.addProperty("upload_mb_per_second", Math.round(megabytesPerSecond * 10) / 10.0);
            console.out().println(Json.pretty(result));
        } else {
            console.out().println("s3://" + object);
            console.err()
                    .println(Format.bytes(info.bytes()) + " in " + Format.duration(taken)
                            + String.format(Locale.ROOT, ", %.1f MB/s", megabytesPerSecond));
        }
    }
}
