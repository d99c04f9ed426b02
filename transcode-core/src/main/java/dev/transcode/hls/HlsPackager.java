package dev.transcode.hls;

import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.nio.file.Path;

/**
 * Makes what the encoder left into a package: short tails merged, playlists written from measured facts, one progressive
 * MP4 for each rung. Thread-safe.
 */
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
public final class HlsPackager {
    private final Encoder encoder;

    /** @param encoder copies tracks into the progressive MP4s */
    public HlsPackager(Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Packages {@code media}. Segments are published from where they lie; all that is new is written into
     * {@code directory}.
     *
     * @param media as {@link Encoder#encode} returned it for {@code plan}; its files are only read
     * @param directory exists and is empty; needs room for the MP4s, and for one rung's tracks beside them
     * @throws dev.transcode.job.TranscodeException {@code encode_failed} if the encoder's files are not what a package
     *     needs, {@code disk_full} or {@code io_error}, what {@link Encoder#remux} throws, or the cancellation's own
     *     reason
     */
    public HlsPackage pack(
            EncodePlan plan, EncodedMedia media, HlsLayout layout, Path directory, Cancellation cancellation) {
        throw new UnsupportedOperationException("comes with the box reader");
    }
}
