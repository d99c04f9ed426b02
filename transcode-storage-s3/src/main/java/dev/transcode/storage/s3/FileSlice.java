package dev.transcode.storage.s3;

import io.minio.Http;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A stretch of a file as the body of a request, read from the disk while it is sent and never held in memory. Its hash
 * goes with it, so that the server refuses what was damaged on the way: SHA-256 in the signature over plain HTTP,
 * Content-MD5 over HTTPS, where the body need not be signed.
 */
final class FileSlice implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final RandomAccessFile file;
    private final long offset;
    private final long length;

    FileSlice(Path path, long offset, long length) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.offset = offset;
        this.length = length;
    }

    /** Positioned at the slice's first byte. */
    RandomAccessFile file() {
        return file;
    }

    long length() {
        return length;
    }

    /** Reads the slice once and rewinds to its first byte. */
    Http.Headers hash(boolean https) throws IOException {
        MessageDigest digest = digest(https ? "MD5" : "SHA-256");
        byte[] buffer = new byte[BUFFER];
        file.seek(offset);
        for (long left = length; left > 0; ) {
            int read = file.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the file became shorter while it was uploaded");
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
        file.seek(offset);
        byte[] sum = digest.digest();
        return https
                ? new Http.Headers(
                        Http.Headers.X_AMZ_CONTENT_SHA256,
                        "UNSIGNED-PAYLOAD",
                        Http.Headers.CONTENT_MD5,
                        Base64.getEncoder().encodeToString(sum))
                : new Http.Headers(
                        Http.Headers.X_AMZ_CONTENT_SHA256, HexFormat.of().formatHex(sum));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
