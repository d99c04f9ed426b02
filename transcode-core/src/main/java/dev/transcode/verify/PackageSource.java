package dev.transcode.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a package come from: a folder, the web, or a job's own work folder. Used by one thread. */
public interface PackageSource {
    /**
     * The whole of a resource as a local file, which stays until {@link #release}. Asked again for the same one it gives
     * the same file.
     *
     * @param resource absolute, without fragment
     * @param maxBytes it may have at most
     * @return empty if there is no such resource
     * @throws IOException if it is longer than allowed or breaks off
     * @throws dev.transcode.job.TranscodeException if the package as a whole cannot be read on
     */
    Optional<Path> fetch(URI resource, long maxBytes) throws IOException;

    /** The file of {@code resource} is needed no more; without effect if it was not fetched. */
    void release(URI resource);
}
