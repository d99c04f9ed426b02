package dev.transcode.worker;

import dev.transcode.internal.Version;
import dev.transcode.job.TranscodeException;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.s3.S3Storage;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The program of {@code transcode-worker.jar}: a worker on Redis and S3, told by its environment what to do. */
public final class WorkerMain {
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int REFUSED = 4;
    private static final int UNAVAILABLE = 69;
    private static final int FAULT = 70;

    private WorkerMain() {}

    /**
     * Runs until it is told to stop, and ends the JVM: 2 = a setting is missing or wrong, 4 = Redis refuses us, 69 =
     * there is no FFmpeg or no work folder, 70 = a fault of its own; after SIGTERM the JVM's own 143.
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.getenv(), System.out, System.err));
    }

    /** Runs the program on the given streams and returns its exit code. */
    static int run(List<String> args, Map<String, String> env, PrintStream out, PrintStream err) {
        if (args.contains("--version")) {
            out.println("transcode-worker " + Version.current());
            return OK;
        }
        if (args.contains("--help") || args.contains("-h")) {
            printHelp(out);
            return OK;
        }
        if (!args.isEmpty()) {
            err.println("cannot start: unknown argument '" + args.get(0)
                    + "': the worker is set by its environment, see" + " --help");
            return USAGE;
        }
        try {
            Settings settings = Settings.of(env);
            setProperties(settings);
            return serve(settings, env);
        } catch (SettingException | IllegalArgumentException e) {
            err.println(MaskingEncoder.masked(String.valueOf(e.getMessage())));
            return USAGE;
        } catch (QueueRefusedException e) {
            err.println(MaskingEncoder.masked("cannot use Redis: " + e.getMessage()));
            return REFUSED;
        } catch (TranscodeException e) {
            err.println(e.failure().message());
            err.println(e.failure().hint());
            return UNAVAILABLE;
        } catch (IllegalStateException e) {
            err.println(MaskingEncoder.masked(String.valueOf(e.getMessage())));
            return FAULT;
        }
    }

    private static int serve(Settings settings, Map<String, String> env) {
        WorkerConfig config = WorkerConfig.of(settings);
        String redisUrl = settings.required(Setting.REDIS_URL);
        S3Settings s3 = S3Settings.of(settings);
        String name = WorkerNames.create(env);
        try (RedisBackend queue = RedisBackend.builder()
                .uri(redisUrl)
                .lease(config.lease())
                .endWebhook(new JobEndWebhook(config.webhookUrl().map(URI::toString)))
                .clientName("transcode-worker")
                .build()) {
            // Two clients of a thousand classes each: beside one another. Whether Redis answers, the worker says.
            CompletableFuture<Void> unused = CompletableFuture.runAsync(queue::connect);
            try (S3Storage storage = storage(s3)) {
                new WorkerProgram(
                                config,
                                name,
                                env,
                                new WorkerProgram.Ports(
                                        queue,
                                        "Redis at " + settings.shown(Setting.REDIS_URL),
                                        storage,
                                        "S3 endpoint " + storage.endpoint(),
                                        storage::connect))
                        .run();
            }
            return OK;
        }
    }

    private static S3Storage storage(S3Settings s3) {
        S3Storage.Builder builder =
                S3Storage.builder().endpoint(s3.endpoint()).credentials(s3.accessKey(), s3.secretKey());
        s3.sessionToken().ifPresent(builder::sessionToken);
        s3.region().ifPresent(builder::region);
        return builder.build();
    }

    private static void printHelp(PrintStream out) {
        out.println("Usage: java -jar transcode-worker.jar [--version] [--help]");
        out.println("Takes jobs from Redis, transcodes them and puts the outputs into S3. Set by the environment:");
        for (Setting setting : Setting.values()) {
            out.println();
            out.println("  " + String.join(", ", setting.names())
                    + setting.defaultText().map(text -> " (" + text + ")").orElse(""));
            out.println("      " + setting.description());
        }
    }

    /** Before the first logger, and before Netty's first class. */
    private static void setProperties(Settings settings) {
        setDefault(LogConfigurator.FORM, settings.word(Setting.LOG, List.of("text", "json")));
        setDefault(LogConfigurator.FFMPEG, settings.word(Setting.FFMPEG_LOG, List.of("off", "verbose")));
        // A worker's connections carry a few kB a second: one arena is plenty, and spares memory.
        setDefault("io.netty.allocator.numDirectArenas", "1");
        setDefault("io.netty.allocator.numHeapArenas", "1");
        setDefault("io.netty.eventLoopThreads", "2");
        setDefault("io.lettuce.core.jfr", "false"); // events that nobody records, in a hundred classes
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
