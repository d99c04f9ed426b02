package dev.transcode.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The changes of state, one Lua file each in this package's resources; their headers say what goes in and out. */
enum Script {
    CLAIM,
    BURY,
    HEARTBEAT,
    GATE,
    FINISH,
    RELEASE,
    REAP,
    SWEEP_INBOX,
    DISCARD,
    PROMOTE,
    SUBMIT,
    CANCEL,
    RETRY,
    AUDIT,
    TRIM,
    OUTBOX_DUE,
    OUTBOX_RESULT,
    OUTBOX_RESEND;

    private final String text;
    private final String sha1;

    Script() {
        text = read("prelude") + read(name().toLowerCase(Locale.ROOT));
        sha1 = sha1(text);
    }

    /** The whole source, for EVAL. */
    String text() {
        return text;
    }

    /** The name that Redis knows it by once it has seen it, for EVALSHA. */
    String sha1() {
        return sha1;
    }

    private static String read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("cannot find " + name + ".lua on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ".lua from the class path", e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
