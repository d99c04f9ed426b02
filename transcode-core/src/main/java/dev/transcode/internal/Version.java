package dev.transcode.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as the POM names it; the same from a jar and from {@code target/classes}. */
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    /** Returns the version, for example {@code 0.1.0}. */
    public static String current() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("cannot read the version: " + RESOURCE + " is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version from " + RESOURCE, e);
        }
    }
}
