package dev.transcode.worker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets another encoder write, and hides what looks like a secret in its lines: passwords in addresses, signatures and
 * tokens of S3, Authorization headers, webhook secrets. The last net: nothing of ours logs any of these on purpose.
 */
public final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final Map<Pattern, String> MASKS = new LinkedHashMap<>();

    static {
        mask("((?:rediss?|redis-sentinel|https?)://)[^\\s\"'/]*@", "$1***@");
        mask("(X-Amz-(?:Signature|Credential|Security-Token)(?:=|%3D|[\"':\\s]+))[^&\\s\"']+", "$1***");
        mask("(Authorization[\"']?\\s*[:=]\\s*[\"']?)[^\\r\\n\"']+", "$1***");
        mask("whsec_[A-Za-z0-9+/=_-]+", "whsec_***");
    }

    private @Nullable Encoder<ILoggingEvent> encoder;

    private static void mask(String secret, String mask) {
        MASKS.put(Pattern.compile(secret, Pattern.CASE_INSENSITIVE), mask);
    }

    /** Who writes; called by Logback's configuration. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /** {@code text} without what looks like a secret; for what is printed past the log as well. */
    public static String masked(String text) {
        String masked = text;
        for (Map.Entry<Pattern, String> mask : MASKS.entrySet()) {
            masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
        }
        return masked;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return masked(Objects.requireNonNull(encoder).encode(event));
    }

    @Override
    public byte[] headerBytes() {
        return encoder == null ? NOTHING : encoder.headerBytes();
    }

    @Override
    public byte[] footerBytes() {
        return encoder == null ? NOTHING : encoder.footerBytes();
    }

    private static byte[] masked(byte[] line) {
        return masked(new String(line, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
