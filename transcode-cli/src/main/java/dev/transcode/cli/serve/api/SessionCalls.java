package dev.transcode.cli.serve.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The page's login: a token becomes a cookie that scripts can't read and other sites can't send. Needed because
 * EventSource and video elements can't send a bearer.
 */
final class SessionCalls {
    private final Tokens tokens;
    private final Sessions sessions;

    SessionCalls(Tokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** {@code POST /api/transcode/login} with {@code {"token": "..."}}. */
    Reply login(ApiRequest request) {
        @Nullable JsonElement given = Json.object(request.body()).get("token");
        String text = given != null && given.isJsonPrimitive() ? given.getAsString() : "";
        OptionalInt token = tokens.match(text);
        if (tokens.isEmpty()) {
            return success();
        }
        if (token.isEmpty()) {
            throw new ApiProblem(
                            401,
                            "unauthorized",
                            "cannot log in: this is no valid token",
                            "Ask the operator for a token of TRANSCODE_API_TOKEN.")
                    .with("WWW-Authenticate", "Bearer realm=\"transcode\"");
        }
        return success()
                .with("Set-Cookie", cookie(request, sessions.open(token.getAsInt()), Sessions.LIFETIME.toSeconds()));
    }

    /**
     * {@code GET /api/transcode/session}: what the page has to know before it calls anything. Bearers are not looked at:
     * guessing tokens here would be faster than logging in.
     */
    Reply session(ApiRequest request) {
        JsonObject json = new JsonObject();
        json.addProperty("tokenNeeded", !tokens.isEmpty());
        json.addProperty("loggedIn", sessions.check(cookie(request)).isPresent());
        return Reply.json(200, json);
    }

    /** {@code POST /api/transcode/logout}: the browser forgets its cookie. */
    Reply logout(ApiRequest request) {
        return success().with("Set-Cookie", cookie(request, "", 0));
    }

    private static Reply success() {
        JsonObject json = new JsonObject();
        json.addProperty("success", true);
        return Reply.json(200, json);
    }

    /** The session's; empty if there is none. */
    private static String cookie(ApiRequest request) {
        for (String part : request.header("cookie").orElse("").split(";", -1)) {
            String pair = part.strip();
            if (pair.startsWith(Access.COOKIE + "=")) {
                return pair.substring(Access.COOKIE.length() + 1);
            }
        }
        return "";
    }

    private static String cookie(ApiRequest request, String value, long seconds) {
        boolean tls = request.header("x-forwarded-proto")
                .filter("https"::equalsIgnoreCase)
                .isPresent();
        return Access.COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (tls ? "; Secure" : "");
    }
}
