package dev.transcode;

import dev.transcode.encode.Encoder;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.FfmpegSampleDecoder;
import dev.transcode.ffmpeg.FfprobeProber;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Job;
import dev.transcode.media.Prober;
import dev.transcode.storage.Storage;
import dev.transcode.verify.SampleDecoder;
import dev.transcode.verify.Verifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job end to end: fetch, probe, plan, encode, package, verify, publish. Needs no queue. Thread-safe: each run
 * has its own work folder and processes.
 */
public final class Transcoder {
    private final Storage storage;
    private final Prober prober;
    private final Encoder encoder;
    private final Verifier verifier;
    private final Path workDirectory;
    private final Clock clock;

    private Transcoder(
            Storage storage, Prober prober, Encoder encoder, Verifier verifier, Path workDirectory, Clock clock) {
        this.storage = storage;
        this.prober = prober;
        this.encoder = encoder;
        this.verifier = verifier;
        this.workDirectory = workDirectory;
        this.clock = clock;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs {@code job} now, on this thread, and publishes at once.
     *
     * @throws dev.transcode.job.TranscodeException if it fails; then nothing of this run is left in the storage and an
     *     earlier output plays on
     */
    public JobResult run(Job job, JobListener listener) {
        return run(job, Attempt.unqueued(clock, new Cancellation()), listener);
    }

    /**
     * Runs one attempt at {@code job}, on this thread.
     *
     * @throws dev.transcode.job.TranscodeException as {@link #run(Job, JobListener)}; with the cancellation's own reason
     *     if it fires, and then no process is left
     */
    public JobResult run(Job job, Attempt attempt, JobListener listener) {
        return new JobRun(storage, prober, encoder, verifier, workDirectory, job, attempt, listener).run();
    }

    /** Collects what a transcoder needs: a storage; all else has a default. */
    public static final class Builder {
        private @Nullable Storage storage;
        private @Nullable FfmpegInstallation ffmpeg;
        private @Nullable Prober prober;
        private @Nullable Encoder encoder;
        private @Nullable SampleDecoder decoder;
        private Path workDirectory = Path.of(System.getProperty("java.io.tmpdir"));
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Where sources come from and outputs go to. Not closed by the transcoder. */
        public Builder storage(Storage storage) {
            this.storage = storage;
            return this;
        }

        /** By default the one {@link FfmpegInstallation#find} chooses for this process's environment. */
        public Builder ffmpeg(FfmpegInstallation ffmpeg) {
            this.ffmpeg = ffmpeg;
            return this;
        }

        /** By default FFmpeg's. */
        public Builder prober(Prober prober) {
            this.prober = prober;
            return this;
        }

        /** By default FFmpeg's. */
        public Builder encoder(Encoder encoder) {
            this.encoder = encoder;
            return this;
        }

        /** Decodes what is verified before it is published. By default FFmpeg. */
        public Builder decoder(SampleDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /**
         * Where each run makes its work folder; needs room for about 2.2 times the output. By default the system's
         * folder for temporary files.
         */
        public Builder workDirectory(Path workDirectory) {
            this.workDirectory = workDirectory;
            return this;
        }

        /** By default the system's. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * @throws NullPointerException if the storage is missing
         * @throws dev.transcode.job.TranscodeException {@code ffmpeg_missing} if there is no FFmpeg to run
         */
        public Transcoder build() {
            Storage chosenStorage = Objects.requireNonNull(storage, "a transcoder needs a storage");
            Prober chosenProber = prober;
            Encoder chosenEncoder = encoder;
            SampleDecoder chosenDecoder = decoder;
            if (chosenProber == null || chosenEncoder == null || chosenDecoder == null) {
                FfmpegInstallation installation = ffmpeg == null ? FfmpegInstallation.find(System.getenv()) : ffmpeg;
                chosenProber = chosenProber == null ? new FfprobeProber(installation) : chosenProber;
                chosenEncoder = chosenEncoder == null ? new FfmpegEncoder(installation) : chosenEncoder;
                chosenDecoder = chosenDecoder == null ? new FfmpegSampleDecoder(installation) : chosenDecoder;
            }
            Verifier verifier = new Verifier(Optional.of(chosenDecoder));
            return new Transcoder(chosenStorage, chosenProber, chosenEncoder, verifier, workDirectory, clock);
        }
    }
}
