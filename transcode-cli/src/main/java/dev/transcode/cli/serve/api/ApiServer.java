package dev.transcode.cli.serve.api;

import dev.transcode.cli.serve.WebServer;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API. Thread-safe; runs until it is closed.
 *
 * <p>Few threads: two that read and write, {@value #WORKER_THREADS} on which calls run. Bounded: connections, sizes and
 * times of requests, calls of one caller.
 */
public final class ApiServer implements AutoCloseable {
    static final int WORKER_THREADS = 16;
    private static final int MAX_CONNECTIONS = 4_096;

    private final WebServer server;
    private final JobStore store;
    private final String host;

    private ApiServer(WebServer server, JobStore store, String host) {
        this.server = server;
        this.store = store;
        this.host = host;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The address to call, without a slash at its end. */
    public URI url() {
        return URI.create("http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + server.port());
    }

    /** Ends what is under way. The queue and the storage stay open. */
    @Override
    public void close() {
        server.close();
        store.close();
    }

    /** Collects what the API needs: a configuration, a queue and a storage. Closes neither. */
    public static final class Builder {
        private @Nullable ApiConfig config;
        private @Nullable QueueBackend queue;
        private @Nullable Storage storage;
        private Clock clock = Clock.systemUTC();
        private double rateFactor = 1;

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

        /**
         * @throws NullPointerException if something is missing
         * @throws dev.transcode.job.TranscodeException {@code io_error} if the port is taken or not allowed
         */
        public ApiServer start() {
            ApiConfig chosen = Objects.requireNonNull(config, "the API needs a configuration");
            Objects.requireNonNull(storage, "the API needs a storage");
            JobStore store =
                    Objects.requireNonNull(queue, "the API needs a queue").store();
            Tokens tokens = new Tokens(chosen.tokens());
            Sessions sessions = new Sessions(tokens, clock);
            Access access = new Access(tokens, sessions, new RateLimits(rateFactor, System::nanoTime));
            Router router = new Routes(new Router(access))
                    .sessions(new SessionCalls(tokens, sessions))
                    .jobs(new SubmitCall(store, chosen.defaults(), chosen.queues(), clock), new JobCalls(store))
                    .router();
            OriginGuard guarded = new OriginGuard(router, chosen.isForThisMachineOnly());
            WebServer server = WebServer.start(
                    chosen.bind(),
                    chosen.port(),
                    new SecurityHeaders(guarded),
                    new WebServer.Size(WORKER_THREADS, MAX_CONNECTIONS));
            return new ApiServer(server, store, chosen.bind());
        }
    }
}
