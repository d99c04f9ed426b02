package dev.transcode.cli.serve.api;

import dev.transcode.cli.serve.ServePage;
import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.Duration;

/** Which call answers where. What each takes and gives is in {@code openapi.yaml}. */
final class Routes {
    private static final String API = "/api/transcode";

    private final Router router;
    private final Duration bodyTime;

    /** @param bodyTime within which a request's body must come */
    Routes(Router router, Duration bodyTime) {
        this.router = router;
        this.bodyTime = bodyTime;
    }

    Routes jobs(SubmitCall submit, JobCalls jobs, ActionCalls actions) {
        post("/submit", Rate.WRITE, submit);
        get(API + "/status/{id}", jobs::status);
        get(API + "/jobs", jobs::list);
        get(API + "/jobs/{id}", jobs::job);
        add(Methods.POST, API + "/jobs/{id}/cancel", Rate.WRITE, false, new CallHandler(actions::cancel));
        add(Methods.POST, API + "/jobs/{id}/retry", Rate.WRITE, false, new CallHandler(actions::retry));
        return this;
    }

    Routes events(HttpHandler ofOneJob, HttpHandler ofAllJobs) {
        add(Methods.GET, API + "/jobs/{id}/events", Rate.READ, false, ofOneJob);
        add(Methods.GET, API + "/events", Rate.READ, false, ofAllJobs);
        return this;
    }

    Routes media(HttpHandler media) {
        add(Methods.GET, API + "/jobs/{id}/media/*", Rate.READ, false, media);
        return this;
    }

    Routes probes(ProbeCalls probes) {
        post("/probe", Rate.PROBE, probes::probe);
        post("/plan", Rate.PROBE, probes::plan);
        return this;
    }

    Routes sessions(SessionCalls sessions) {
        add(Methods.POST, API + "/login", Rate.LOGIN, true, new CallHandler(sessions::login).withBody(bodyTime));
        add(Methods.GET, API + "/session", Rate.READ, true, new CallHandler(sessions::session));
        add(Methods.POST, API + "/logout", Rate.WRITE, true, new CallHandler(sessions::logout));
        return this;
    }

    /** What tells of the system: open are those that an orchestrator or a new caller asks first. */
    Routes system(InfoCalls info, Metrics metrics) {
        get(API + "/queues", info::queues);
        get(API + "/profiles", info::profiles);
        get("/metrics", metrics::scrape);
        add(Methods.GET, "/openapi.yaml", Rate.READ, true, new CallHandler(info::openApi));
        add(Methods.GET, "/healthz", Rate.READ, true, new CallHandler(info::health));
        add(Methods.GET, "/readyz", Rate.READ, true, new CallHandler(info::ready));
        return this;
    }

    /** The pages for people; what they show comes through the calls above. */
    Routes pages() {
        add(Methods.GET, "/", Rate.READ, true, ServePage.jobs());
        add(Methods.GET, "/jobs/{id}", Rate.READ, true, ServePage.job());
        HttpHandler files = ServePage.files(exchange -> Exchanges.fail(exchange, Problems.nothingThere()));
        add(Methods.GET, "/page/*", Rate.READ, true, files);
        return this;
    }

    Router router() {
        return router;
    }

    private void get(String path, Call call) {
        add(Methods.GET, path, Rate.READ, false, new CallHandler(call));
    }

    private void post(String path, Rate rate, Call call) {
        add(Methods.POST, API + path, rate, false, new CallHandler(call).withBody(bodyTime));
    }

    private void add(HttpString method, String path, Rate rate, boolean open, HttpHandler handler) {
        router.add(new Router.Route(method, path, rate, open, handler));
    }
}
