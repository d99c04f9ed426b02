package dev.transcode.verify;

import dev.transcode.job.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Decodes pieces of a package, and of the source it was made from. Thread-safe. */
public interface SampleDecoder {
    /**
     * Decodes each sample from its start to its end, of {@link Content#KEYFRAMES} only those.
     *
     * @param scratch an empty folder for what it needs on the way
     * @return one for each sample, in order: what cannot be decoded is told, not thrown
     * @throws dev.transcode.job.TranscodeException if no decoder can be run, or with the cancellation's own reason
     */
    List<Decoded> decode(List<Sample> samples, Path scratch, Cancellation cancellation);

    /**
     * The source's pictures in some places.
     *
     * @param streamIndex of the picture in the file
     * @param at where to look, on the file's own time line
     * @param length how long to look in each place
     * @return what could be decoded, maybe nothing
     */
    Pictures source(
            Path source, int streamIndex, List<Duration> at, Duration length, Path scratch, Cancellation cancellation);

    /**
     * Some segments of one track with their initialization section, as one file.
     *
     * @param name for messages
     */
    record Sample(String name, Path file, Content content) {}

    /** What a sample holds, and how much of it is decoded. */
    enum Content {
        PICTURE,
        /** A picture of which only the keyframes are decoded. */
        KEYFRAMES,
        SOUND,
        PICTURE_AND_SOUND,
        /** Either or both: it is decoded, but no thumbnails come of it. */
        UNKNOWN;

        /** Whether thumbnails come of it. */
        public boolean hasPicture() {
            return this == PICTURE || this == KEYFRAMES || this == PICTURE_AND_SOUND;
        }
    }

    /**
     * What came out.
     *
     * @param pictures one for each decoded frame; none where no picture is known of
     * @param complaints the decoder's own words about what is damaged; empty if all is well
     */
    record Decoded(Pictures pictures, List<String> complaints) {
        public Decoded {
            complaints = List.copyOf(complaints);
        }
    }
}
