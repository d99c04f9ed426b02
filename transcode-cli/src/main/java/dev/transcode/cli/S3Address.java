package dev.transcode.cli;

import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.util.Locale;

/**
 * A place in the object store as it is typed: {@code s3://bucket/key}, or a bare key in the bucket of the settings.
 *
 * @param key may be empty
 */
record S3Address(String bucket, String key) {
    private static final String SCHEME = "s3://";

    /**
     * @param what names the argument, for messages
     * @throws CommandException if no bucket is named and none is set
     */
    static S3Address parse(String what, String text, Settings settings) {
        if (text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            String rest = text.substring(SCHEME.length());
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            if (bucket.isEmpty()) {
                throw usage("cannot use " + what + " " + text + ": it names no bucket", "Write s3://BUCKET/KEY.");
            }
            return new S3Address(bucket, slash < 0 ? "" : rest.substring(slash + 1));
        }
        if (text.contains("://")) {
            throw usage(
                    "cannot use " + what + " " + text + ": it is neither s3://BUCKET/KEY nor a key",
                    "Upload the file first: transcode upload FILE KEY.");
        }
        return new S3Address(bucket(what, settings), text);
    }

    private static String bucket(String what, Settings settings) {
        return settings.text(Setting.S3_BUCKET)
                .orElseThrow(() -> usage(
                        "cannot use " + what + ": it names no bucket, and "
                                + String.join(" or ", Setting.S3_BUCKET.names()) + " is not set",
                        "Write s3://BUCKET/KEY, or export "
                                + Setting.S3_BUCKET.names().get(0) + "=BUCKET."));
    }

    private static CommandException usage(String message, String hint) {
        return new CommandException(ExitCode.USAGE, "invalid_job", message, hint);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
