package dev.transcode.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;

/** One file of a page, in memory. Immutable. */
final class PageFile {
    private static final String PLAIN_JSON = "application/json";
    private static final String[] SHARED = {
        "style.css", "icon.svg", "screen.js", "player.js", "plot.js", "package.js", "facts.js", "format.js"
    };

    private final String contentType;
    private final byte[] bytes;

    private PageFile(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * Files by path: the modules, style and icon that every page uses, and hls.js from its webjar.
     *
     * @param own names of those that only this page uses
     */
    static Map<String, PageFile> with(String... own) {
        Map<String, PageFile> files = new LinkedHashMap<>();
        for (String name : SHARED) {
            files.put("/page/" + name, resource(name));
        }
        for (String name : own) {
            files.put("/page/" + name, resource(name));
        }
        String hls = "/META-INF/resources/webjars/hls.js/" + hlsVersion() + "/dist/hls.min.js";
        files.put("/page/hls.js", new PageFile(contentType(hls), read(hls)));
        return files;
    }

    /** A file of this package's {@code page} folder. */
    static PageFile resource(String name) {
        return new PageFile(contentType(name), read("page/" + name));
    }

    static PageFile json(String text) {
        return new PageFile(PLAIN_JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
        return contentType;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** An ETag: changes with the content. */
    String tag() {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return "\"" + Long.toHexString(crc.getValue()) + "-" + Integer.toHexString(bytes.length) + "\"";
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("a page has no such file: " + name);
        };
    }

    /** The webjar's folder bears its version: the build writes it down. */
    private static String hlsVersion() {
        Properties properties = new Properties();
        try (InputStream in = open("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version of hls.js", e);
        }
        return properties.getProperty("hls.js", "unknown");
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = PageFile.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("cannot read " + resource + ": it is not on the class path");
        }
        return in;
    }
}
