package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.TransferListener;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Puts a file, fetches it, compares and prints how fast: for a process of its own with little memory, and to measure.
 * Arguments: endpoint, bucket, file, folder for the download.
 */
final class RoundTrip {
    private RoundTrip() {}

    public static void main(String[] args) throws Exception {
        ObjectRef object = new ObjectRef(args[1], "round-trip");
        Path file = Path.of(args[2]);
        try (S3Storage storage = S3Storage.builder()
                .endpoint(URI.create(args[0]))
                .credentials(TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY)
                .build()) {
            long start = System.nanoTime();
            storage.put(object, file, PutOptions.of("video/mp4", "no-store"), new Cancellation());
            long put = System.nanoTime();
            Path fetched = storage.fetch(object, Path.of(args[3]), TransferListener.NONE, new Cancellation());
            long end = System.nanoTime();
            double megabytes = Files.size(file) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "%s put %.0f MB/s fetch %.0f MB/s%n",
                    Files.mismatch(file, fetched) == -1 ? "same" : "DIFFERENT",
                    megabytes * 1e9 / (put - start),
                    megabytes * 1e9 / (end - put));
        }
    }
}
