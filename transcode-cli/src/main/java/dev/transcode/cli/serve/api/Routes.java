package dev.transcode.cli.serve.api;

import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/** Which call answers where. */
final class Routes {
    private static final String API = "/api/transcode";

    private final Router router;

    Routes(Router router) {
        this.router = router;
    }

    Routes jobs(SubmitCall submit, JobCalls jobs) {
        post("/submit", Rate.WRITE, submit);
        get("/status/{id}", jobs::status);
        get("/jobs", jobs::list);
        get("/jobs/{id}", jobs::job);
        return this;
    }

    Routes sessions(SessionCalls sessions) {
        router.add(new Router.Route(
                Methods.POST, API + "/login", Rate.LOGIN, true, new CallHandler(sessions::login).withBody()));
        router.add(
                new Router.Route(Methods.POST, API + "/logout", Rate.WRITE, true, new CallHandler(sessions::logout)));
        return this;
    }

    Router router() {
        return router;
    }

    private void get(String path, Call call) {
        add(Methods.GET, path, Rate.READ, new CallHandler(call));
    }

    private void post(String path, Rate rate, Call call) {
        router.add(new Router.Route(Methods.POST, API + path, rate, false, new CallHandler(call).withBody()));
    }

    private void add(HttpString method, String path, Rate rate, CallHandler handler) {
        router.add(new Router.Route(method, API + path, rate, false, handler));
    }
}
