package dev.transcode.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Real media of many kinds, which is no part of the project: {@code shared/media} beside the checkout, or where
 * {@code TRANSCODE_MEDIA} says.
 */
public record Corpus(Path directory) {
    /** The corpus; a test that asks for it is skipped where there is none. */
    public static Corpus require() {
        return find().orElseGet(() -> {
            Assumptions.abort("there is no shared/media beside the checkout");
            throw new AssertionError("abort throws");
        });
    }

    /** The corpus, for a test that can do without. */
    public static Optional<Corpus> find() {
        String named = System.getenv().getOrDefault("TRANSCODE_MEDIA", "");
        Path place = named.isEmpty() ? Path.of("").toAbsolutePath() : Path.of(named, "x");
        for (Path folder = place; folder != null; folder = folder.getParent()) {
            Path candidate = named.isEmpty() ? folder.resolve("shared/media") : Path.of(named);
            if (Files.isRegularFile(candidate.resolve("MANIFEST.tsv"))) {
                return Optional.of(new Corpus(candidate));
            }
        }
        return Optional.empty();
    }

    /** The file whose name starts with {@code number} and a dash, e.g. {@code s01}. */
    public Path file(String number) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, number + "-*")) {
            return files.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
