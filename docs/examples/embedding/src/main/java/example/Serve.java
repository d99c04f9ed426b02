package example;

import dev.transcode.notify.JobEndWebhook;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Worker;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.webhook.OutboxPump;
import dev.transcode.worker.webhook.WebhookNotifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A worker in this program, until its standard input ends. Arguments: the address of Redis, a folder as the store. */
public final class Serve {
    private Serve() {}

    public static void main(String[] args) throws Exception {
        WorkerConfig config = WorkerConfig.of(System.getenv());
        Storage storage = LocalStorage.of(Path.of(args[1]));
        WebhookSignature signature =
                config.webhookSecret().map(WebhookSignature::of).orElse(WebhookSignature.NONE);
        try (QueueBackend redis = RedisBackend.builder()
                        .uri(args[0])
                        .lease(config.lease())
                        .endWebhook(new JobEndWebhook(config.webhookUrl().map(URI::toString)))
                        .build();
                Worker worker = Worker.builder()
                        .backend(redis)
                        .storage(storage)
                        .config(config)
                        .build();
                OutboxPump webhooks = new OutboxPump(
                        redis.outbox(),
                        new WebhookNotifier(signature, config.webhookAllowPrivate()),
                        Clock.systemUTC())) {
            worker.start();
            webhooks.start();
            System.in.read();
            worker.stop(); // gives back what runs, or finishes it first: TRANSCODE_STOP
            worker.await(Duration.ofMinutes(11));
        }
    }
}
