package dev.transcode.cli;

import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.Storage;
import dev.transcode.storage.s3.S3Storage;
import dev.transcode.worker.S3Settings;
import dev.transcode.worker.Setting;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.net.URI;
import java.util.Map;

/** Redis and S3, as the environment names them. The only class of the command that knows the adapters. */
final class ServerConnections implements Connections {
    private final Map<String, String> env;

    ServerConnections(Map<String, String> env) {
        this.env = Map.copyOf(env);
    }

    @Override
    public Settings settings() {
        return Settings.of(env);
    }

    /** Lease and webhook are those of the workers: who cancels a waiting job causes its webhook. */
    @Override
    public QueueBackend openQueue() {
        Settings settings = settings();
        WorkerConfig config = WorkerConfig.of(settings);
        try {
            return RedisBackend.builder()
                    .uri(settings.required(Setting.REDIS_URL))
                    .clientName("transcode-cli")
                    .lease(config.lease())
                    .endWebhook(new JobEndWebhook(config.webhookUrl().map(URI::toString)))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Storage storage() {
        S3Settings settings = S3Settings.of(settings());
        try {
            S3Storage.Builder storage = S3Storage.builder()
                    .endpoint(settings.endpoint())
                    .credentials(settings.accessKey(), settings.secretKey());
            settings.sessionToken().ifPresent(storage::sessionToken);
            settings.region().ifPresent(storage::region);
            return storage.build();
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }
}
