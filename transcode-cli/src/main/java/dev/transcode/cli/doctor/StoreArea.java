package dev.transcode.cli.doctor;

import dev.transcode.cli.doctor.ObjectServer.Answer;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whether the object store lets a worker do what it does: one small playlist is put, read, read in part and removed, under
 * a name that nobody else has.
 */
final class StoreArea implements Area {
    /** Where jobs put what they make, unless they say otherwise: credentials limited to a prefix allow this one. */
    static final String PREFIX = "transcoded/";

    static final String CONTENT_TYPE = "application/x-mpegURL";
    private static final String TEXT = "#EXTM3U\n# Written by 'transcode doctor'; may be deleted.\n";

    private final Settings settings;
    private final Supplier<Optional<ObjectServer>> open;

    StoreArea(Settings settings, Supplier<Optional<ObjectServer>> open) {
        this.settings = settings;
        this.open = open;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public void examine(Report report) throws IOException {
        Optional<ObjectServer> known = open.get();
        if (known.isEmpty()) {
            report.skipped(
                    "s3", "not configured: LYVE_ENDPOINT is not set", "Needed for workers, upload and serve only.");
            return;
        }
        try (ObjectServer server = known.get()) {
            Optional<String> bucket = settings.text(Setting.S3_BUCKET);
            if (!knock(report, server, bucket.orElse("transcode-doctor"))) {
                return;
            }
            if (bucket.isEmpty()) {
                report.skipped(
                        "s3 bucket",
                        "LYVE_BUCKET is not set: nothing was put",
                        "Set it to have putting and reading tried.");
                return;
            }
            String key = PREFIX + "transcode-doctor-" + UUID.randomUUID() + "/probe.m3u8";
            tryObject(report, server, new ObjectRef(bucket.get(), key));
        }
    }

    private static boolean knock(Report report, ObjectServer server, String bucket) {
        try {
            Answer answer = server.knock(bucket);
            report.ok("s3", server.endpoint() + " answers");
            StoreRules.clock(report, answer);
            StoreRules.region(report, answer, server.region());
            return true;
        } catch (TranscodeException e) {
            failed(report, "s3", e);
            return false;
        }
    }

    private void tryObject(Report report, ObjectServer server, ObjectRef object) throws IOException {
        Path file = Files.createTempFile("transcode-doctor", ".m3u8");
        try {
            Files.writeString(file, TEXT);
            server.put(object, file, PutOptions.of(CONTENT_TYPE, "no-store"));
            report.ok("s3 put", "s3://" + object);
        } catch (TranscodeException e) {
            failed(report, "s3 put", e);
            return;
        } finally {
            Files.deleteIfExists(file);
        }
        try {
            read(report, server, object);
            range(report, server, object);
            cors(report, server, object);
            publicAddress(report, object);
        } finally {
            delete(report, server, object);
        }
    }

    private static void read(Report report, ObjectServer server, ObjectRef object) {
        try {
            StoreRules.read(report, server.get(object, Map.of()), TEXT, CONTENT_TYPE);
        } catch (TranscodeException e) {
            failed(report, "s3 get", e);
        }
    }

    private static void range(Report report, ObjectServer server, ObjectRef object) {
        try {
            StoreRules.range(report, server.get(object, Map.of("Range", "bytes=1-6")), TEXT.substring(1, 7));
        } catch (TranscodeException e) {
            failed(report, "s3 range", e);
        }
    }

    /** Both kinds of request of a player: one that a browser sends at once, and one it asks leave for. */
    private static void cors(Report report, ObjectServer server, ObjectRef object) {
        try {
            Answer simple = server.get(object, Map.of("Origin", Web.ORIGIN));
            Answer preflight = server.preflight(object, Web.ORIGIN);
            StoreRules.cors(report, simple, preflight);
        } catch (TranscodeException e) {
            failed(report, "s3 cors", e);
        }
    }

    /** The same object as players see it. */
    private void publicAddress(Report report, ObjectRef object) {
        Optional<URI> base = settings.webAddress(Setting.PUBLIC_BASE_URL);
        if (base.isEmpty()) {
            return;
        }
        URI address = URI.create(base.get().toString().replaceAll("/+$", "") + "/" + object.key());
        try {
            StoreRules.publicAddress(report, new Web().text(address, TEXT.length() + 1), TEXT);
        } catch (IOException e) {
            report.warning(
                    "s3 public",
                    "cannot load " + Web.shown(address) + ": " + e.getMessage(),
                    "Check TRANSCODE_PUBLIC_BASE_URL: playlists then name addresses that do not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Report report, ObjectServer server, ObjectRef object) {
        try {
            server.delete(object);
            report.ok("s3 delete", "removed again");
        } catch (TranscodeException e) {
            report.warning(
                    "s3 delete",
                    e.failure().message() + "; it is left there",
                    "Jobs work without; run directories of earlier attempts stay. Allow s3:DeleteObject to have them"
                            + " removed.");
        }
    }

    private static void failed(Report report, String name, TranscodeException e) {
        report.failed(name, e.failure().message(), e.failure().hint());
    }
}
