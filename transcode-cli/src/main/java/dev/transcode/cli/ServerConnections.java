package dev.transcode.cli;

import dev.transcode.cli.doctor.ObjectServer;
import dev.transcode.cli.doctor.QueueServer;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import dev.transcode.storage.s3.S3Inspector;
import dev.transcode.storage.s3.S3Storage;
import dev.transcode.worker.S3Settings;
import dev.transcode.worker.Setting;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        return redis();
    }

    private RedisBackend redis() {
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
        return s3();
    }

    private S3Storage s3() {
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

    @Override
    public Optional<QueueServer> queueServer() {
        return settings().text(Setting.REDIS_URL).map(url -> new ExaminedRedis(redis()));
    }

    @Override
    public Optional<ObjectServer> objectServer() {
        Settings settings = settings();
        boolean none = Stream.of(Setting.S3_ENDPOINT, Setting.S3_ACCESS_KEY, Setting.S3_SECRET_KEY)
                .allMatch(setting -> settings.text(setting).isEmpty());
        return none ? Optional.empty() : Optional.of(ExaminedS3.of(s3()));
    }

    private record ExaminedRedis(RedisBackend redis) implements QueueServer {
        @Override
        public Duration ping() {
            return redis.ping();
        }

        @Override
        public Map<String, String> info() {
            return redis.info();
        }

        @Override
        public List<QueueDepth> depths(List<String> queues) {
            return redis.store().depths(queues);
        }

        @Override
        public void close() {
            redis.close();
        }
    }

    private record ExaminedS3(S3Storage storage, S3Inspector inspector) implements ObjectServer {
        static ExaminedS3 of(S3Storage storage) {
            return new ExaminedS3(storage, storage.inspector());
        }

        @Override
        public URI endpoint() {
            return storage.endpoint();
        }

        @Override
        public String region() {
            return storage.region();
        }

        @Override
        public Answer knock(String bucket) {
            return answer(inspector.knock(bucket));
        }

        @Override
        public void put(ObjectRef object, Path file, PutOptions options) {
            inspector.put(object, file, options);
        }

        @Override
        public Answer get(ObjectRef object, Map<String, String> headers) {
            return answer(inspector.get(object, headers));
        }

        @Override
        public Answer preflight(ObjectRef object, String origin) {
            return answer(inspector.preflight(object, origin));
        }

        @Override
        public void delete(ObjectRef object) {
            inspector.delete(object);
        }

        @Override
        public void close() {
            storage.close();
        }

        private static Answer answer(S3Inspector.Answer said) {
            return new Answer(said.status(), said.headers(), said.body(), said.took());
        }
    }
}
