package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import java.util.Optional;

/**
 * Makes a job's outputs visible in the right order: segments and their playlists as they come, into a directory of this
 * attempt; the gate; the progressive MP4s at their fixed names; the multivariant playlist last, which is the one
 * commit. Until then an earlier output below the same prefix plays on; afterwards the clean-up removes this job's
 * run directories that no player can still need, and nothing else.
 *
 * <p>The HLS output is replaced atomically. The MP4s' fixed names are not part of that: each is replaced whole, and the
 * last writer wins.
 */
public final class Publisher {
    /** Key of the multivariant playlist, relative to the output prefix. */
    public static final String MASTER = "master.m3u8";

    private Publisher() {}

    /**
     * Opens a session and looks at the multivariant playlist that is there now: the commit will replace that one or
     * fail.
     *
     * @param cancellation stops puts under way; its reason is thrown by the session's next call
     */
    public static PublishSession start(
            Storage storage,
            OutputPrefix prefix,
            CommitIdentity identity,
            PublishGate gate,
            Cancellation cancellation) {
        ReplacedMaster replaced = ReplacedMaster.look(storage, prefix);
        return new PublishSession(storage, prefix, identity, gate, cancellation, replaced);
    }

    /**
     * The attempt of this job and generation that has committed, if one has: then a recovered attempt has nothing to do
     * but {@link #cleanUp} and finish. The fence of {@code identity} does not matter.
     */
    public static Optional<CommitIdentity> committed(Storage storage, OutputPrefix prefix, CommitIdentity identity) {
        return storage.stat(prefix.resolve(MASTER))
                .flatMap(master -> CommitIdentity.from(master.metadata()))
                .filter(identity::sameWork);
    }

    /**
     * Removes what dead attempts of a committed job left, as the commit itself would have done: run directories of this
     * job up to {@code identity}'s fence, except those that the multivariant playlist or the one it replaced name. Does
     * nothing if this job and generation is not committed. A failure is logged, never thrown.
     */
    public static void cleanUp(Storage storage, OutputPrefix prefix, CommitIdentity identity) {
        new RunCleanup(storage, prefix, identity).afterRecovery();
    }

    /**
     * Removes what dead attempts left of a job that ends without a commit: its run directories below {@code
     * identity}'s fence, except those that the multivariant playlist of an earlier generation and the one it replaced
     * name. A failure is logged, never thrown.
     */
    public static void cleanUpFailed(Storage storage, OutputPrefix prefix, CommitIdentity identity) {
        new RunCleanup(storage, prefix, identity).afterFailure();
    }
}
