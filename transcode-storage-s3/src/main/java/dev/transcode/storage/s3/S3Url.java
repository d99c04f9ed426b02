package dev.transcode.storage.s3;

import io.minio.Http;
import io.minio.Utils;
import io.minio.errors.MinioException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of objects. The client's own drop the empty parts of a key ({@code a//b} becomes {@code a/b}, which is
 * another object); these take a key as it is. Keys with {@code .} or {@code ..} parts are refused by the client: no URL
 * can hold them.
 */
final class S3Url extends Http.BaseUrl {
    S3Url(HttpUrl endpoint) {
        super(endpoint);
    }

    @Override
    public HttpUrl buildUrl(
            Http.Method method,
            @Nullable String bucketName,
            @Nullable String objectName,
            @Nullable String region,
            Http.@Nullable QueryParameters queryParams)
            throws MinioException {
        if (objectName == null) {
            return super.buildUrl(method, bucketName, null, region, queryParams);
        }
        HttpUrl url = super.buildUrl(method, bucketName, "k", region, queryParams);
        String bucketPath = url.encodedPath().substring(0, url.encodedPath().length() - 1);
        return url.newBuilder()
                .encodedPath(bucketPath + Utils.encode(objectName).replace("%2F", "/"))
                .build();
    }
}
