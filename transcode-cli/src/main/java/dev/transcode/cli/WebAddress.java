package dev.transcode.cli;

import dev.transcode.job.WebhookUrl;
import java.net.URI;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads http and https addresses of options as a job's JSON is read, before anything is done. */
final class WebAddress {
    private WebAddress() {}

    /** Of {@code webhook_url}. */
    static final class OfWebhook implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            return read(text, WebhookUrl::parse);
        }
    }

    /** Of {@code public_base_url}. */
    static final class OfBucket implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            return read(text, WebhookUrl::parseBase);
        }
    }

    private static URI read(String text, Function<String, URI> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("it " + e.getMessage());
        }
    }
}
