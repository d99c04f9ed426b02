package dev.transcode.cli.serve.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.PathTemplateMatch;
import io.undertow.util.PathTemplateMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request, lets {@link Access} judge it, and hands it on. HEAD is answered as GET. */
final class Router implements HttpHandler {
    private final Access access;
    private final Observer observer;
    private final List<Route> routes = new ArrayList<>();
    private final PathTemplateMatcher<Map<HttpString, Route>> paths = new PathTemplateMatcher<>();
    private final Map<String, Map<HttpString, Route>> methods = new HashMap<>();

    Router(Access access, Observer observer) {
        this.access = access;
        this.observer = observer;
    }

    /** Hears of every call that was answered. */
    @FunctionalInterface
    interface Observer {
        /** @param path the route's template; {@code none} if there is none */
        void answered(String method, String path, int status, Duration time);
    }

    /**
     * One method of one path.
     *
     * @param template e.g. {@code /api/transcode/jobs/{id}}; {@code *} at its end is everything below
     * @param open whether it is answered without a token
     */
    record Route(HttpString method, String template, Rate rate, boolean open, HttpHandler handler) {}

    Router add(Route route) {
        routes.add(route);
        Map<HttpString, Route> ofPath = methods.get(route.template());
        if (ofPath == null) {
            ofPath = new HashMap<>();
            methods.put(route.template(), ofPath);
            paths.add(route.template(), ofPath);
        }
        ofPath.put(route.method(), route);
        return this;
    }

    /** In the order in which they were added. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        long began = System.nanoTime();
        exchange.addExchangeCompleteListener((ended, next) -> {
            observe(ended, began);
            next.proceed();
        });
        try {
            Route route = find(exchange);
            access.admit(exchange, route.rate(), route.open());
            route.handler().handleRequest(exchange);
        } catch (ApiProblem e) {
            Exchanges.fail(exchange, e);
        }
    }

    private void observe(HttpServerExchange exchange, long began) {
        PathTemplateMatch match = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
        observer.answered(
                exchange.getRequestMethod().toString(),
                match == null ? "none" : match.getMatchedTemplate(),
                exchange.getStatusCode(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private Route find(HttpServerExchange exchange) {
        PathTemplateMatcher.@Nullable PathMatchResult<Map<HttpString, Route>> match =
                paths.match(exchange.getRelativePath());
        if (match == null) {
            throw Problems.nothingThere();
        }
        exchange.putAttachment(
                PathTemplateMatch.ATTACHMENT_KEY,
                new PathTemplateMatch(match.getMatchedTemplate(), match.getParameters()));
        HttpString method = exchange.getRequestMethod();
        @Nullable Route route = match.getValue().get(method.equals(Methods.HEAD) ? Methods.GET : method);
        if (route == null) {
            String allowed = allowed(match.getValue());
            throw new ApiProblem(
                            405,
                            "method_not_allowed",
                            "cannot answer: this address takes only " + allowed,
                            "Use one of these methods.")
                    .with("Allow", allowed);
        }
        return route;
    }

    private static String allowed(Map<HttpString, Route> ofPath) {
        TreeSet<String> names = new TreeSet<>();
        ofPath.keySet().forEach(method -> names.add(method.toString()));
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        return String.join(", ", names);
    }
}
