package dev.transcode.cli.serve.api;

import java.util.Map;

/**
 * What a call answers.
 *
 * @param status of HTTP
 * @param body UTF-8; empty = none
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, Object body) {
        return new Reply(status, JSON, Json.line(body), Map.of());
    }

    static Reply text(int status, String contentType, String body) {
        return new Reply(status, contentType, body, Map.of());
    }

    static Reply problem(ApiProblem problem) {
        return new Reply(problem.status(), ApiProblem.CONTENT_TYPE, Json.line(problem.json()), problem.headers());
    }

    Reply with(String header, String value) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, body, all);
    }
}
