package dev.transcode.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Tells contents of local files apart. Up to 64 kB (every playlist) the tag is a hash; above it size, time of the last
 * change in ns and inode, which a rename keeps. Time and inode alone would not do for playlists: a deleted file's inode
 * is used again at once, and ext4 counts time in steps of 4 ms.
 */
final class LocalTags {
    private static final long HASHED = 64 << 10;

    private LocalTags() {}

    static String of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.size() <= HASHED) {
            return hash(Files.readAllBytes(file));
        }
        String inode = String.valueOf(attributes.fileKey()).replaceAll("[^0-9a-z=,]", "");
        return attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "-" + inode;
    }

    /** 32 hex digits. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
