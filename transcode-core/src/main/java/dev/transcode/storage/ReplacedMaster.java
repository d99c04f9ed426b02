package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The multivariant playlist that a session found when it began and will replace.
 *
 * @param seen empty if there was none
 */
record ReplacedMaster(ObjectRef object, Optional<ObjectInfo> seen) {
    private static final Logger log = LoggerFactory.getLogger(ReplacedMaster.class);
    private static final long MAX_BYTES = 1 << 20;

    static ReplacedMaster look(Storage storage, OutputPrefix prefix) {
        ObjectRef object = prefix.resolve(Publisher.MASTER);
        return new ReplacedMaster(object, storage.stat(object));
    }

    /** Who made it; empty if there was none or it tells nothing. */
    Optional<CommitIdentity> identity() {
        return seen.flatMap(master -> CommitIdentity.from(master.metadata()));
    }

    /** It must still be the one that was seen. */
    PutOptions.Condition condition() {
        return new PutOptions.Condition(seen.map(ObjectInfo::etag));
    }

    /**
     * The run directories it names, whose playlists players may have loaded. Its metadata tells; only one without is
     * read.
     *
     * @param workspace where a download may go; it is removed again
     * @return empty if it can't be read: then nothing is known, and nothing may be cleaned up
     */
    Optional<Set<RunDirectory>> runs(Storage storage, Path workspace, Cancellation cancellation) {
        if (seen.isEmpty()) {
            return Optional.of(Set.of());
        }
        Optional<CommitIdentity> identity = identity();
        if (identity.isPresent()) {
            return Optional.of(Set.of(identity.get().run()));
        }
        try {
            if (seen.get().bytes() > MAX_BYTES) {
                throw new IOException("it has " + seen.get().bytes() + " bytes");
            }
            return Optional.of(RunDirectory.namedIn(read(storage, workspace, cancellation)));
        } catch (IOException | TranscodeException e) {
            cancellation.throwIfCancelled();
            log.warn("cannot read {}, which is replaced: its old runs are kept: {}", object, e.getMessage());
            return Optional.empty();
        }
    }

    private String read(Storage storage, Path workspace, Cancellation cancellation) throws IOException {
        Path folder = Files.createTempDirectory(workspace, "replaced-master-");
        try {
            Path file = storage.fetch(object, folder, TransferListener.NONE, cancellation);
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (file.startsWith(folder)) {
                Files.delete(file);
            }
            return text;
        } finally {
            Files.deleteIfExists(folder);
        }
    }
}
