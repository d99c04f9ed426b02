package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import dev.transcode.storage.TransferListener;
import io.minio.credentials.StaticProvider;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Objects on anything that speaks S3: AWS, Lyve Cloud, Ceph, SeaweedFS, Garage, R2 and others, over the MinIO client.
 *
 * <ul>
 *   <li>GetObject and PutObject are all the permissions it needs. Where a stat or a list is forbidden it says "not
 *       there"; a forbidden delete or abort is logged.
 *   <li>{@link #fetch} reads ranges of 16 MiB, four at a time, all of one version (If-Match), and goes on after the last
 *       byte when a connection breaks. {@link #put} sends up to 16 MiB in one request and more in parts, four at a
 *       time; a put under a condition is always one request, at most 5 GiB. Neither holds more than some hundred kB of
 *       an object in memory.
 *   <li>What may be sent twice is tried again for about 20 s of waiting (1 s for questions), then the failure is the
 *       caller's: never stack a loop on it. A connection without a byte for 30 s is broken.
 *   <li>Keys with {@code .} or {@code ..} parts and bucket names that AWS would refuse are {@code invalid_job}.
 * </ul>
 *
 * <p>Thread-safe. Closing it cancels what is under way.
 */
public final class S3Storage implements Storage, AutoCloseable {
    private final HttpUrl endpoint;
    private final String region;
    private final boolean pathStyle;
    private final S3Url url;
    private final S3Client client;
    private final S3Stat stat = new S3Stat();
    private final S3Conditions conditions = new S3Conditions();

    private S3Storage(HttpUrl endpoint, String region, boolean pathStyle, StaticProvider credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.pathStyle = pathStyle;
        this.url = new S3Url(endpoint);
        url.setRegion(region);
        if (pathStyle) {
            url.disableVirtualStyleEndpoint();
        } else {
            url.enableVirtualStyleEndpoint();
        }
        this.client = new S3Client(url, credentials, endpoint.host());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The endpoint's address, for messages. */
    public URI endpoint() {
        return endpoint.uri();
    }

    /** What requests are signed for. */
    public String region() {
        return region;
    }

    /**
     * Asks the endpoint for any HTTP answer, without credentials: so a program can say at its start that the store is
     * there, also where it may do nothing but get and put.
     *
     * @throws dev.transcode.job.TranscodeException {@code s3_timeout} or {@code reset} if there is none
     */
    public void connect() {
        try {
            client.knock(endpoint);
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    /** Single requests with all that their answers say. */
    public S3Inspector inspector() {
        return new S3Inspector(client, url, region);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectRef object) {
        Cancellation none = new Cancellation();
        try (S3Calls calls = client.open(none)) {
            return stat.ask(calls, object, none);
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    @Override
    public Path fetch(ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation) {
        return S3Fetch.run(client, object, directory, listener, cancellation);
    }

    @Override
    public InputStream read(ObjectRef object, long offset, long length) {
        return S3Read.open(client, object, offset, length);
    }

    @Override
    public ObjectInfo put(ObjectRef object, Path file, PutOptions options, Cancellation cancellation) {
        return put(object, file, options, TransferListener.NONE, cancellation);
    }

    @Override
    public ObjectInfo put(
            ObjectRef object, Path file, PutOptions options, TransferListener listener, Cancellation cancellation) {
        return S3Put.run(client, stat, conditions, object, file, options, listener, cancellation);
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        try (S3Calls calls = client.open(new Cancellation())) {
            return S3Keys.list(calls, bucket, prefix);
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    @Override
    public void delete(String bucket, Collection<String> keys) {
        try (S3Calls calls = client.open(new Cancellation())) {
            S3Keys.delete(calls, bucket, keys);
        } catch (S3Exception e) {
            throw e.toTranscode();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "S3Storage[" + endpoint() + ", region " + region + ", "
                + (pathStyle ? "bucket in the path" : "bucket in the host name") + "]";
    }

    /** Names the store and who asks. Endpoint and credentials are needed. */
    public static final class Builder {
        private static final String DEFAULT_REGION = "us-east-1";

        /** {@code s3.eu-west-1.amazonaws.com}, {@code s3-eu-west-1...}, {@code s3.dualstack.eu-west-1...}. */
        private static final Pattern REGION =
                Pattern.compile("^(?:[^.]+\\.)?s3[.-](?:dualstack\\.|fips\\.)?([a-z]{2,}(?:-[a-z0-9]+)+)\\..+");

        private static final Pattern AMAZON = Pattern.compile(".*\\.amazonaws\\.com(\\.cn)?$");
        private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

        private @Nullable URI endpoint;
        private @Nullable String region;
        private @Nullable String accessKey;
        private @Nullable String secretKey;
        private @Nullable String sessionToken;
        private @Nullable Boolean pathStyle;

        private Builder() {}

        /** E.g. {@code https://s3.us-west-1.lyvecloud.seagate.com}; scheme, host and port, no path. */
        public Builder endpoint(URI value) {
            endpoint = value;
            return this;
        }

        /** Default: what stands in the endpoint as {@code s3.<region>.}, else us-east-1. */
        public Builder region(String value) {
            region = value;
            return this;
        }

        public Builder credentials(String access, String secret) {
            accessKey = access;
            secretKey = secret;
            return this;
        }

        /** For temporary credentials. */
        public Builder sessionToken(String value) {
            sessionToken = value;
            return this;
        }

        /** Whether the bucket stands in the path. Default: in the host name at amazonaws.com, in the path elsewhere. */
        public Builder pathStyle(boolean value) {
            pathStyle = value;
            return this;
        }

        /** @throws IllegalArgumentException naming what is missing or wrong; never a secret */
        public S3Storage build() {
            HttpUrl url = url(endpoint);
            boolean amazon = AMAZON.matcher(url.host()).matches();
            return new S3Storage(
                    url,
                    region == null ? regionOf(url.host()) : required(region, "region"),
                    pathStyle == null ? !amazon : pathStyle,
                    new StaticProvider(
                            required(accessKey, "access key"),
                            required(secretKey, "secret key"),
                            sessionToken == null ? null : required(sessionToken, "session token")));
        }

        static String regionOf(String host) {
            Matcher region = REGION.matcher(host);
            return region.matches() ? Objects.requireNonNull(region.group(1)) : DEFAULT_REGION;
        }

        private static HttpUrl url(@Nullable URI endpoint) {
            if (endpoint == null) {
                throw new IllegalArgumentException("cannot use S3: no endpoint");
            }
            HttpUrl url = HttpUrl.get(endpoint);
            if (url == null || endpoint.getUserInfo() != null) {
                throw new IllegalArgumentException("cannot use S3 endpoint '" + endpoint.getHost()
                        + "': it must be http://host[:port] or https://host[:port], without user or password");
            }
            if (!url.encodedPath().equals("/") || url.query() != null) {
                throw new IllegalArgumentException("cannot use S3 endpoint " + url.host()
                        + ": it must not have a path, the bucket goes elsewhere");
            }
            return url;
        }

        /** A stray line end from a secret's file would come out as an illegal header, and that prints the secret. */
        private static String required(@Nullable String value, String name) {
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("cannot use S3: no " + name);
            }
            if (!PRINTABLE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "cannot use S3: the " + name + " has a space, a line end or another character it can't have");
            }
            return value;
        }
    }
}
