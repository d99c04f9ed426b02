package dev.transcode.cli.serve;

import io.undertow.server.HttpHandler;

/**
 * The pages of {@code transcode serve}. They hold nothing of any job and need no token: what they show, their modules ask
 * of the API.
 */
public final class ServePage {
    private static final String[] OWN = {
        "serve.css",
        "api.js",
        "job.js",
        "jobfacts.js",
        "joblist.js",
        "jobs.js",
        "queues.js",
        "result.js",
        "session.js",
        "stream.js",
        "submit.js",
        "words.js"
    };

    private ServePage() {}

    /** The queues, the jobs, and the form that submits one. */
    public static HttpHandler jobs() {
        return page("jobs.html");
    }

    /** One job; which one, its module reads off the address. */
    public static HttpHandler job() {
        return page("job.html");
    }

    /**
     * What the pages load, at {@code /page/}.
     *
     * @param otherwise answers for what is not there
     */
    public static HttpHandler files(HttpHandler otherwise) {
        return new PageHandler(PageFile.with(OWN), otherwise);
    }

    private static HttpHandler page(String name) {
        PageFile file = PageFile.resource(name);
        return exchange -> PageHandler.send(exchange, file);
    }
}
