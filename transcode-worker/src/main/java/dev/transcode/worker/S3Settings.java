package dev.transcode.worker;

import java.net.URI;
import java.util.Optional;

/**
 * Where the object store is and who we are there.
 *
 * @param endpoint URL of the server
 * @param sessionToken of temporary credentials
 * @param region empty = to be told from the endpoint
 */
public record S3Settings(
        URI endpoint, String accessKey, String secretKey, Optional<String> sessionToken, Optional<String> region) {

    /** @throws SettingException if one is missing, with all names accepted for it */
    public static S3Settings of(Settings settings) {
        settings.required(Setting.S3_ENDPOINT);
        return new S3Settings(
                settings.webAddress(Setting.S3_ENDPOINT).orElseThrow(),
                settings.required(Setting.S3_ACCESS_KEY),
                settings.required(Setting.S3_SECRET_KEY),
                settings.text(Setting.S3_SESSION_TOKEN),
                settings.text(Setting.S3_REGION));
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "S3 at " + endpoint;
    }
}
