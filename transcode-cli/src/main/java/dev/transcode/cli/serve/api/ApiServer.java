package dev.transcode.cli.serve.api;

import dev.transcode.cli.serve.WebServer;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API and the pages for people. Thread-safe; runs until it is closed.
 *
 * <p>Few threads: two that read and write, {@value #WORKER_THREADS} on which calls run, up to {@value #MEDIA_THREADS}
 * for media, one that reads events, one for deadlines. Bounded: connections, sizes and times of requests, calls of one
 * caller, watchers, downloads.
 */
public final class ApiServer implements AutoCloseable {
    static final int WORKER_THREADS = 16;
    static final int MEDIA_THREADS = 32;

    private final WebServer server;
    private final String host;
    private final List<Router.Route> routes;
    private final Runnable stop;

    private ApiServer(WebServer server, String host, List<Router.Route> routes, Runnable stop) {
        this.server = server;
        this.host = host;
        this.routes = List.copyOf(routes);
        this.stop = stop;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The address to call, without a slash at its end. */
    public URI url() {
        return URI.create("http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + server.port());
    }

    /** What it answers. */
    List<Router.Route> routes() {
        return routes;
    }

    /** Ends what is under way. The queue and the storage stay open. */
    @Override
    public void close() {
        stop.run();
    }

    /** Collects what the API needs: a configuration, a queue and a storage. Closes none of them. */
    public static final class Builder {
        private @Nullable ApiConfig config;
        private @Nullable QueueBackend queue;
        private @Nullable Storage storage;
        private Supplier<FfmpegInstallation> ffmpeg = () -> FfmpegInstallation.find(System.getenv());
        private Clock clock = Clock.systemUTC();
        private double rateFactor = 1;
        private Duration heartbeat = Duration.ofSeconds(15);
        private Duration probeTime = Duration.ofSeconds(60);
        private Duration bodyTime = Duration.ofSeconds(30);
        private int connections = 4_096;

        private Builder() {}

        public Builder config(ApiConfig config) {
            this.config = config;
            return this;
        }

        public Builder queue(QueueBackend queue) {
            this.queue = queue;
            return this;
        }

        /** Where sources and outputs are. */
        public Builder storage(Storage storage) {
            this.storage = storage;
            return this;
        }

        /** What probes; asked when it is needed. By default as this process's environment says. */
        public Builder ffmpeg(Supplier<FfmpegInstallation> ffmpeg) {
            this.ffmpeg = ffmpeg;
            return this;
        }

        /** By default the system's. */
        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Below 1 the limits of calls are lower: to see them in a test. */
        Builder rateFactor(double rateFactor) {
            this.rateFactor = rateFactor;
            return this;
        }

        /** After how much silence a watcher gets a comment; by default 15 s. */
        Builder heartbeat(Duration heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        /** How long a probe may take; by default 60 s. */
        Builder probeTime(Duration probeTime) {
            this.probeTime = probeTime;
            return this;
        }

        /** Within which a request's body must come; by default 30 s. */
        Builder bodyTime(Duration bodyTime) {
            this.bodyTime = bodyTime;
            return this;
        }

        /** How many at once; by default 4,096. */
        Builder connections(int connections) {
            this.connections = connections;
            return this;
        }

        /**
         * @throws NullPointerException if something is missing
         * @throws dev.transcode.job.TranscodeException {@code io_error} if the port is taken or not allowed
         */
        public ApiServer start() {
            ApiConfig chosen = Objects.requireNonNull(config, "the API needs a configuration");
            Storage files = Objects.requireNonNull(storage, "the API needs a storage");
            QueueBackend backend = Objects.requireNonNull(queue, "the API needs a queue");
            JobStore store = backend.store();
            ScheduledExecutorService timer = ApiThreads.timer();
            ThreadPoolExecutor mediaThreads = ApiThreads.upTo(MEDIA_THREADS, "media");
            EventHub hub = new EventHub(backend::events);
            Runnable stopAll = () -> {
                hub.close();
                mediaThreads.shutdownNow();
                timer.shutdownNow();
                store.close();
            };
            try {
                Router router = router(chosen, backend, store, files, hub, timer, mediaThreads);
                OriginGuard guarded = new OriginGuard(router, chosen.isForThisMachineOnly());
                WebServer server = WebServer.start(
                        chosen.bind(),
                        chosen.port(),
                        new SecurityHeaders(guarded),
                        new WebServer.Size(WORKER_THREADS, connections));
                return new ApiServer(server, chosen.bind(), router.routes(), () -> {
                    server.close();
                    stopAll.run();
                });
            } catch (RuntimeException e) {
                stopAll.run();
                throw e;
            }
        }

        private Router router(
                ApiConfig config,
                QueueBackend backend,
                JobStore store,
                Storage files,
                EventHub hub,
                ScheduledExecutorService timer,
                ThreadPoolExecutor mediaThreads) {
            Tokens tokens = new Tokens(config.tokens());
            Sessions sessions = new Sessions(tokens, clock);
            Metrics metrics = new Metrics(store, config.queues(), hub);
            Access access = new Access(tokens, sessions, new RateLimits(rateFactor, System::nanoTime));
            JobCalls jobs = new JobCalls(store, backend.outbox());
            SourceReader sources = new SourceReader(
                    files, config.probeMaxBytes(), probeTime, timer, Path.of(System.getProperty("java.io.tmpdir")));
            return new Routes(new Router(access, metrics::answered), bodyTime)
                    .jobs(
                            new SubmitCall(store, config.defaults(), config.queues(), clock),
                            jobs,
                            new ActionCalls(store))
                    .events(
                            new EventsHandler(hub, jobs, true, heartbeat),
                            new EventsHandler(hub, jobs, false, heartbeat))
                    .media(new MediaHandler(jobs, files, mediaThreads, new Streamer(timer)))
                    .probes(new ProbeCalls(sources, config.defaults(), ffmpeg))
                    .sessions(new SessionCalls(tokens, sessions))
                    .system(new InfoCalls(store, config.queues(), hub), metrics)
                    .pages()
                    .router();
        }
    }
}
