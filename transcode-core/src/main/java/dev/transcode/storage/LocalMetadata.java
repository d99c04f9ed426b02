package dev.transcode.storage;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps an object's user metadata in an extended attribute of its file, or, where the file system has none or is out of
 * room for it, in a hidden file beside it. Both begin with the tag of the content they belong to, so that metadata of
 * an earlier content, or of a file that somebody edited, does not count; and the hidden file's name holds the tag, so
 * that it can be written before the object is replaced.
 *
 * @param attributes whether to try extended attributes
 */
record LocalMetadata(boolean attributes) {
    private static final String ATTRIBUTE = "transcode.metadata";
    private static final String PREFIX = ".transcode-meta-";

    /**
     * Marks a file that is not visible yet, and shares its inode with no other.
     *
     * @return whether that worked; else {@link #writeBeside} must do it
     */
    boolean mark(Path temp, String tag, Map<String, String> metadata) {
        return metadata.isEmpty() || (attributes && setAttribute(temp, encode(tag, metadata)));
    }

    /** Says it beside {@code object} before its content gets this tag; nothing to say = nothing stays there. */
    void writeBeside(Path object, String tag, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            forget(object, tag);
            return;
        }
        Path temp = LocalTemp.beside(object);
        try {
            Files.write(temp, encode(tag, metadata));
            LocalTemp.force(temp);
            Files.move(temp, sidecar(object, tag), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temp);
        }
    }

    /** The metadata of {@code object}, whose content has this tag. */
    Map<String, String> read(Path object, String tag) throws IOException {
        Map<String, String> found = decode(tag, getAttribute(object));
        if (!found.isEmpty()) {
            return found;
        }
        try {
            return decode(tag, Files.readString(sidecar(object, tag)));
        } catch (NoSuchFileException e) {
            return Map.of();
        }
    }

    /** Removes what was kept beside {@code object} while its content had this tag. */
    void forget(Path object, String tag) throws IOException {
        Files.deleteIfExists(sidecar(object, tag));
    }

    /** Whether the file itself carries metadata, which a hard link would share. */
    boolean isMarked(Path file) {
        return !getAttribute(file).isEmpty();
    }

    private static Path sidecar(Path object, String tag) {
        String owner = object.getFileName() + "\n" + tag;
        return object.resolveSibling(PREFIX + LocalTags.hash(owner.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean setAttribute(Path file, byte[] value) {
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            if (view == null) {
                return false;
            }
            view.write(ATTRIBUTE, ByteBuffer.wrap(value));
            return true;
        } catch (IOException e) {
            return false; // Not supported, or too long for this file system: the hidden file does it.
        }
    }

    private static String getAttribute(Path file) {
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            if (view == null || !view.list().contains(ATTRIBUTE)) {
                return "";
            }
            ByteBuffer value = ByteBuffer.allocate(view.size(ATTRIBUTE));
            view.read(ATTRIBUTE, value);
            return new String(value.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // Not supported here, or replaced meanwhile.
        }
    }

    private static byte[] encode(String tag, Map<String, String> metadata) {
        StringBuilder text = new StringBuilder(tag);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            text.append('\n').append(escape(entry.getKey())).append('=').append(escape(entry.getValue()));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> decode(String tag, String text) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 1; i < lines.length && lines[0].equals(tag); i++) {
            int equals = lines[i].indexOf('=');
            if (equals > 0) {
                metadata.put(unescape(lines[i].substring(0, equals)), unescape(lines[i].substring(equals + 1)));
            }
        }
        return metadata;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
