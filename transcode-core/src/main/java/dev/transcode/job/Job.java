package dev.transcode.job;

import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Profile;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.OutputPrefix;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for. Immutable.
 *
 * @param id names the job
 * @param source the video
 * @param output where everything made of it goes
 * @param ladder what is made
 * @param settings how it is encoded
 * @param publicBaseUrl the address the output bucket's root is seen at; playlists then hold absolute URIs
 * @param webhookUrl who is told of the job's end; http or https
 */
public record Job(
        JobId id,
        ObjectRef source,
        OutputPrefix output,
        Ladder ladder,
        EncodeSettings settings,
        Optional<URI> publicBaseUrl,
        Optional<URI> webhookUrl) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a job needs: a source and an output; all else has a default. */
    public static final class Builder {
        private @Nullable JobId id;
        private @Nullable ObjectRef source;
        private @Nullable OutputPrefix output;
        private Ladder ladder = Profile.ROKU_HLS.ladder();
        private EncodeSettings settings = EncodeSettings.DEFAULT;
        private Optional<URI> publicBaseUrl = Optional.empty();
        private Optional<URI> webhookUrl = Optional.empty();

        private Builder() {}

        /** By default a new one, {@link JobId#create}. */
        public Builder id(JobId id) {
            this.id = id;
            return this;
        }

        public Builder source(String bucket, String key) {
            this.source = new ObjectRef(bucket, key);
            return this;
        }

        public Builder output(String bucket, String prefix) {
            this.output = new OutputPrefix(bucket, prefix);
            return this;
        }

        /** By default {@link Profile#ROKU_HLS}. */
        public Builder ladder(Ladder ladder) {
            this.ladder = ladder;
            return this;
        }

        /** By default {@link EncodeSettings#DEFAULT}. */
        public Builder settings(EncodeSettings settings) {
            this.settings = settings;
            return this;
        }

        /** By default none: playlists then hold relative URIs. */
        public Builder publicBaseUrl(URI publicBaseUrl) {
            this.publicBaseUrl = Optional.of(publicBaseUrl);
            return this;
        }

        /** By default nobody but whom the operator chose. */
        public Builder webhookUrl(URI webhookUrl) {
            this.webhookUrl = Optional.of(webhookUrl);
            return this;
        }

        /** @throws NullPointerException if source or output is missing */
        public Job build() {
            return new Job(
                    id == null ? JobId.create(Clock.systemUTC()) : id,
                    Objects.requireNonNull(source, "a job needs a source"),
                    Objects.requireNonNull(output, "a job needs an output"),
                    ladder,
                    settings,
                    publicBaseUrl,
                    webhookUrl);
        }
    }
}
