package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.transcode.job.FailureCode;
import io.minio.Http;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3StorageTest {
    @ParameterizedTest
    @CsvSource({
        "s3.us-west-1.lyvecloud.seagate.com, us-west-1",
        "s3.eu-central-1.amazonaws.com, eu-central-1",
        "s3-eu-west-1.amazonaws.com, eu-west-1",
        "s3.dualstack.ap-south-1.amazonaws.com, ap-south-1",
        "s3.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "s3.cn-north-1.amazonaws.com.cn, cn-north-1",
        "s3.eu-central-003.backblazeb2.com, eu-central-003",
        "s3.amazonaws.com, us-east-1",
        "s3.example.com, us-east-1",
        "minio.internal, us-east-1",
        "127.0.0.1, us-east-1"
    })
    void theRegionStandsInTheEndpoint(String host, String region) {
        assertThat(S3Storage.Builder.regionOf(host)).isEqualTo(region);
    }

    @Test
    void aRegionGivenWins() {
        try (S3Storage storage = builder("https://s3.eu-west-1.amazonaws.com")
                .region("eu-west-2")
                .build()) {
            assertThat(storage.region()).isEqualTo("eu-west-2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.us-west-1.lyvecloud.seagate.com, false, https://s3.us-west-1.lyvecloud.seagate.com/b/k",
        "https://s3.us-west-1.lyvecloud.seagate.com, true, https://b.s3.us-west-1.lyvecloud.seagate.com/k",
        "http://minio:9000, false, http://minio:9000/b/k",
        "https://s3.eu-west-1.amazonaws.com, true, https://b.s3.eu-west-1.amazonaws.com/k",
        "https://s3.eu-west-1.amazonaws.com, false, https://s3.eu-west-1.amazonaws.com/b/k"
    })
    void theBucketStandsInThePathOrTheHostName(String endpoint, boolean virtual, String expected) throws Exception {
        S3Url url = new S3Url(HttpUrl.get(endpoint));
        if (virtual) {
            url.enableVirtualStyleEndpoint();
        } else {
            url.disableVirtualStyleEndpoint();
        }

        assertThat(url.buildUrl(Http.Method.GET, "b", "k", url.region(), null)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-west-1.amazonaws.com, host name",
        "https://s3.us-west-1.lyvecloud.seagate.com, in the path",
        "http://localhost:9000, in the path"
    })
    void theStyleFollowsFromTheEndpoint(String endpoint, String style) {
        try (S3Storage storage = builder(endpoint).build()) {
            assertThat(storage.toString()).contains(style).contains(endpoint).doesNotContain("sesame");
        }
        try (S3Storage storage = builder(endpoint).pathStyle(false).build()) {
            assertThat(storage.toString()).contains("host name");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3.example.com/bucket",
                "ftp://s3.example.com",
                "s3.example.com",
                "https://user:sesame@s3.example.com",
                "https://s3.example.com?x=1"
            })
    void anEndpointIsSchemeHostAndPort(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(endpoint).build())
                .withMessageContaining("endpoint")
                .withMessageNotContaining("sesame");
    }

    @Test
    void aLineEndInASecretIsRefusedWithoutSayingTheSecret() {
        S3Storage.Builder builder = builder("https://s3.example.com").credentials("access", "sesame\n");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("secret key")
                .withMessageNotContaining("sesame");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        S3Storage.builder().endpoint(URI.create("http://x")).build())
                .withMessageContaining("no access key");
    }

    @Test
    void partsFitIntoTheProtocol() {
        long mebibyte = 1L << 20;
        assertThat(S3Multipart.partBytes(17 * mebibyte)).isEqualTo(16 * mebibyte);
        long huge = 5L << 40;
        assertThat(S3Multipart.partBytes(huge) * 10_000).isGreaterThanOrEqualTo(huge);
        assertThat(S3Multipart.partBytes(huge)).isLessThan(5L << 30);
    }

    @Test
    void theNetworksFailuresAreToldApart() {
        assertThat(kind(new SocketTimeoutException("timeout"))).isEqualTo(FailureCode.S3_TIMEOUT);
        assertThat(kind(new ConnectException("Connection refused"))).isEqualTo(FailureCode.S3_TIMEOUT);
        assertThat(kind(new UnknownHostException("nowhere"))).isEqualTo(FailureCode.S3_TIMEOUT);
        assertThat(kind(new SocketException("Connection reset"))).isEqualTo(FailureCode.RESET);
        assertThat(kind(new EOFException())).isEqualTo(FailureCode.RESET);
        assertThat(kind(new FileSystemException("x", null, "No space left on device")))
                .isEqualTo(FailureCode.DISK_FULL);
        S3Exception certificate = S3Errors.of("cannot x", "host", new SSLHandshakeException("PKIX path"));
        assertThat(certificate.worthRetrying()).isFalse();
        assertThat(certificate.failure().hint()).contains("certificate");
    }

    private static FailureCode kind(IOException e) {
        return S3Errors.of("cannot x", "host", new CompletionException(e))
                .failure()
                .code();
    }

    private static S3Storage.Builder builder(String endpoint) {
        return S3Storage.builder().endpoint(URI.create(endpoint)).credentials("access", "sesame");
    }
}
