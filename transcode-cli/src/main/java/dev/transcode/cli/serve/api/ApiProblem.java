package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import io.undertow.util.StatusCodes;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer that says what went wrong: {@code application/problem+json} (RFC 9457) with our code and hint, and beside
 * them {@code success} and {@code error} as callers of the old API know them. Immutable, without a stack trace.
 */
final class ApiProblem extends RuntimeException {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String hint;
    private final transient Map<String, String> headers;

    /**
     * @param status of HTTP, 400 to 599
     * @param code for programs; never renamed
     * @param detail one sentence with the verb, the object and the reason; no secrets, nothing of this machine
     * @param hint what to do about it, one sentence
     */
    ApiProblem(int status, String code, String detail, String hint) {
        this(status, code, detail, hint, Map.of());
    }

    private ApiProblem(int status, String code, String detail, String hint, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.hint = hint;
        this.headers = Map.copyOf(headers);
    }

    /** The same with one more header. */
    ApiProblem with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new ApiProblem(status, code, detail(), hint, all);
    }

    /** The same with a Retry-After in seconds. */
    ApiProblem retryAfter(long seconds) {
        return with("Retry-After", Long.toString(seconds));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("type", "urn:transcode:problem:" + code);
        json.addProperty("title", StatusCodes.getReason(status));
        json.addProperty("status", status);
        json.addProperty("detail", detail());
        json.addProperty("code", code);
        json.addProperty("hint", hint);
        json.addProperty("success", false);
        json.addProperty("error", detail());
        return json;
    }

    private String detail() {
        return String.valueOf(getMessage());
    }
}
