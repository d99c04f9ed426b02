package dev.transcode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** The programs and their libraries as they lie in a jar; the JNI wrappers beside them are left out. Immutable. */
final class BundleJar {
    private static final String ROOT = "org/bytedeco/ffmpeg/";
    private static final String POM = "META-INF/maven/org.bytedeco/ffmpeg/pom.properties";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final String name;
    private final URL url;
    private final Map<String, Long> sizes;

    /**
     * @param name of the folder it is unpacked to, e.g. {@code ffmpeg-8.1.2-1.5.14-linux-x86_64-gpl}
     * @param url of the {@code ffmpeg} program in the jar
     * @param sizes in bytes, by name, of the files beside it
     */
    private BundleJar(String name, URL url, Map<String, Long> sizes) {
        this.name = name;
        this.url = url;
        this.sizes = Map.copyOf(sizes);
    }

    /** The bundle of {@code platform} on the class path of this library; it may be part of a bigger jar. */
    static Optional<BundleJar> find(String platform) {
        String prefix = ROOT + platform + "/";
        URL url = BundleJar.class.getClassLoader().getResource(prefix + "ffmpeg");
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(platform, prefix, url));
        } catch (IOException e) {
            // A class path that can be read but not listed, as of some containers: there is nothing to unpack from.
            return Optional.empty();
        }
    }

    private static BundleJar read(String platform, String prefix, URL url) throws IOException {
        if (!(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("not in a jar: " + url);
        }
        JarFile jar = connection.getJarFile();
        Map<String, Long> sizes = new TreeMap<>();
        CRC32 content = new CRC32();
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String path = entry.getName();
            String file = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
            if (!file.isEmpty() && !file.contains("/") && !file.startsWith("libjni")) {
                sizes.put(file, entry.getSize());
                content.update((file + entry.getCrc()).getBytes(StandardCharsets.UTF_8));
            }
        }
        String version = version(jar).orElse("x" + Long.toHexString(content.getValue()));
        return new BundleJar("ffmpeg-" + version + "-" + platform, url, sizes);
    }

    private static Optional<String> version(JarFile jar) throws IOException {
        ZipEntry entry = jar.getEntry(POM);
        if (entry == null) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = jar.getInputStream(entry)) {
            properties.load(in);
        }
        return Optional.ofNullable(properties.getProperty("version")).filter(v -> v.matches("[A-Za-z0-9.-]+"));
    }

    /**
     * Unpacks it below {@code cache}, unless that was done before and nothing is missing. Several processes may do so
     * at once: each unpacks to a folder of its own, and one of them is renamed first.
     *
     * @return the folder with the files
     */
    Path unpackBelow(Path cache) throws IOException {
        Path target = cache.resolve(name);
        if (isWhole(target)) {
            return target;
        }
        removeAbandoned(cache);
        Path own = Files.createTempDirectory(cache, ".unpack-");
        try {
            for (String file : sizes.keySet()) {
                unpack(file, own.resolve(file));
            }
            if (!isWhole(own)) {
                throw new IOException("the files unpacked from the jar are not as long as it says");
            }
            publish(own, target);
        } finally {
            delete(own);
        }
        return target;
    }

    private void unpack(String file, Path to) throws IOException {
        try (InputStream in = new URL(url, file).openStream()) {
            Files.copy(in, to);
        }
        if (!to.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + to + " executable");
        }
    }

    private void publish(Path own, Path target) throws IOException {
        if (Files.exists(target) && !isWhole(target)) {
            Path damaged = Files.createTempDirectory(target.getParent(), ".unpack-");
            Files.move(target, damaged.resolve("damaged"), StandardCopyOption.ATOMIC_MOVE);
            delete(damaged);
        }
        try {
            Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was first: its files are as good.
            if (!isWhole(target)) {
                throw e;
            }
        }
    }

    private boolean isWhole(Path directory) throws IOException {
        for (Map.Entry<String, Long> size : sizes.entrySet()) {
            Path file = directory.resolve(size.getKey());
            if (!Files.isRegularFile(file) || Files.size(file) != size.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Removes what a process left that was killed while it unpacked. */
    private static void removeAbandoned(Path cache) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache, ".unpack-*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
