package dev.transcode.cli.doctor;

import dev.transcode.cli.doctor.ObjectServer.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What an object store's answers mean. */
final class StoreRules {
    /** Stores refuse signatures of another time than theirs by this (AWS: RequestTimeTooSkewed). */
    private static final Duration REFUSED = Duration.ofMinutes(15);

    private static final Duration ODD = Duration.ofMinutes(1);
    private static final String CORS_HINT =
            "Roku does not mind. For players in browsers give the bucket the CORS rules of docs/storage.md.";

    private StoreRules() {}

    static void clock(Report report, Answer answer) {
        Optional<Instant> date = date(answer.headers().getOrDefault("date", ""));
        if (date.isEmpty()) {
            report.skipped("s3 clock", "the store does not tell its time", "");
            return;
        }
        // The Date is cut to seconds, and was made somewhere within the answer's time.
        Instant about = date.get().plusMillis(500);
        Duration skew = Duration.between(about, Instant.now()).abs();
        String seen = "this machine's clock and the store's differ by "
                + (skew.toSeconds() < 2 ? "less than 2 s" : Figures.age(skew));
        if (skew.compareTo(REFUSED) > 0) {
            report.failed(
                    "s3 clock", seen, "Set this machine's clock right (NTP): signatures of another time are refused.");
        } else if (skew.compareTo(ODD) > 0) {
            report.warning("s3 clock", seen, "Set this machine's clock right (NTP): above 15 min all is refused.");
        } else {
            report.ok("s3 clock", seen);
        }
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static void region(Report report, Answer answer, String signedFor) {
        String bucket = answer.headers().getOrDefault("x-amz-bucket-region", signedFor);
        if (bucket.equals(signedFor)) {
            report.ok("s3 region", "requests are signed for " + signedFor);
        } else {
            report.failed(
                    "s3 region",
                    "requests are signed for " + signedFor + ", the bucket is in " + bucket,
                    "Set S3_REGION=" + bucket + " (and the endpoint of that region).");
        }
    }

    static void read(Report report, Answer answer, String text, String contentType) {
        if (answer.body().equals(text)) {
            report.ok("s3 get", "the same bytes in " + Figures.time(answer.took()));
        } else {
            report.failed(
                    "s3 get",
                    "other bytes came back than were put (" + answer.body().length() + " instead of " + text.length()
                            + ")",
                    "Something between here and the store changes objects: a proxy, or a compressing gateway.");
        }
        String type = answer.headers().getOrDefault("content-type", "none");
        if (type.toLowerCase(Locale.ROOT).startsWith(contentType.toLowerCase(Locale.ROOT))) {
            report.ok("s3 content type", type);
        } else {
            report.warning(
                    "s3 content type",
                    "put as " + contentType + ", came back as " + type,
                    "Players that go by the type will not play: let the CDN or proxy in front set it for *.m3u8.");
        }
    }

    static void range(Report report, Answer answer, String part) {
        if (answer.status() == 206 && answer.body().equals(part)) {
            report.ok("s3 range", "a part of an object can be read");
        } else {
            report.warning(
                    "s3 range",
                    "asked for 6 bytes, got " + answer.body().length(),
                    "MP4s cannot be sought while they download: use a store or proxy that knows ranges.");
        }
    }

    static void cors(Report report, Answer simple, Answer preflight) {
        Optional<String> refusal =
                Cors.refusal(Optional.ofNullable(simple.headers().get("access-control-allow-origin")));
        if (refusal.isPresent()) {
            report.warning("s3 cors", "pages on other sites cannot read the bucket: " + refusal.get(), CORS_HINT);
            return;
        }
        boolean range = preflight
                .headers()
                .getOrDefault("access-control-allow-headers", "")
                .toLowerCase(Locale.ROOT)
                .matches(".*(\\*|\\brange\\b).*");
        if (preflight.status() >= 300 || !range) {
            report.warning(
                    "s3 cors",
                    "pages on other sites can read objects, but no ranges of them (OPTIONS: " + preflight.status()
                            + ")",
                    CORS_HINT);
        } else {
            report.ok("s3 cors", "pages on other sites can read objects and ranges of them");
        }
    }

    static void publicAddress(Report report, Web.Answer answer, String text) {
        String seen = Web.shown(answer.address()) + " answers " + answer.status();
        String type = answer.headers().get("content-type").orElse("none");
        if (!answer.text().equals(text)) {
            report.warning(
                    "s3 public",
                    seen + (answer.isGood() ? ", but with something else" : ""),
                    "TRANSCODE_PUBLIC_BASE_URL must show the bucket's root, and everybody must be allowed to read there.");
        } else if (!PackageRules.isPlaylistType(type)) {
            report.warning("s3 public", seen + " as " + type, "Let that server send *.m3u8 as application/x-mpegURL.");
        } else if (Cors.refusal(answer.headers().get("access-control-allow-origin"))
                .isPresent()) {
            report.warning("s3 public", seen + " without CORS", CORS_HINT);
        } else {
            report.ok("s3 public", seen + " as " + type);
        }
    }
}
