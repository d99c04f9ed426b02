package dev.transcode.verify;

import dev.transcode.hls.HlsLayout;
import dev.transcode.hls.HlsPackage;
import dev.transcode.hls.PackagedFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a job is about to publish, seen as if it were published already: under its public address, if it has one. */
final class PackagedFiles implements PackageSource {
    /** Where relative references are thought to lie; nobody asks for it (RFC 2606). */
    private static final String NOWHERE = "http://package.invalid";

    private final String root;
    private final Map<String, Path> files = new HashMap<>();

    PackagedFiles(HlsPackage made, HlsLayout layout) {
        this.root = layout.publicBase().orElse(NOWHERE) + "/";
        for (PackagedFile file : made.files()) {
            files.put(file.key(), file.file());
        }
    }

    /** Address of the multivariant playlist. */
    URI master() {
        return URI.create(root + HlsLayout.MASTER);
    }

    @Override
    public Optional<Path> fetch(URI resource, long maxBytes) {
        // Through the decoded path: keys are not encoded.
        String path = resource.getPath();
        String rootPath = URI.create(root).getPath();
        boolean inside = resource.toString().startsWith(root) && path.startsWith(rootPath);
        Optional<Path> file =
                inside ? Optional.ofNullable(files.get(path.substring(rootPath.length()))) : Optional.empty();
        return file.filter(Files::isRegularFile);
    }

    @Override
    public void release(URI resource) {
        // The job's own files.
    }
}
