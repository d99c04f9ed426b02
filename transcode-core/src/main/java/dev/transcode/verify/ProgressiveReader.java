package dev.transcode.verify;

import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.Mp4Reader;
import dev.transcode.hls.ProgressiveFacts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the progressive MP4s beside a multivariant playlist. Used once. */
final class ProgressiveReader {
    private final PackageSource source;
    private final URI master;
    private final List<Violation> problems = new ArrayList<>();

    ProgressiveReader(PackageSource source, URI master) {
        this.source = source;
        this.master = master;
    }

    /** What the files hold, by name, as far as they can be read. */
    Map<String, ProgressiveFacts> read(List<Expectation.File> files) {
        Map<String, ProgressiveFacts> facts = new HashMap<>();
        for (Expectation.File file : files) {
            try {
                URI uri = master.resolve(new URI(null, null, "./" + file.name(), null));
                Optional<Path> found = source.fetch(uri, Long.MAX_VALUE);
                if (found.isEmpty()) {
                    problem(file, "nothing");
                } else {
                    facts.put(file.name(), Mp4Reader.readProgressive(found.get()));
                    source.release(uri);
                }
            } catch (IOException | MalformedMediaException | URISyntaxException e) {
                problem(file, String.valueOf(Words.reason(e)));
            }
        }
        return facts;
    }

    /** What could not be read; after {@link #read}. */
    List<Violation> problems() {
        return List.copyOf(problems);
    }

    private void problem(Expectation.File file, String found) {
        problems.add(new Violation(ProgressiveChecks.NAME, file.name(), "a progressive MP4", found));
    }
}
