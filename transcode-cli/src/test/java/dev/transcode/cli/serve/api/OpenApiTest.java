package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openapi.yaml} and the server's routes are the same; {@link TestApi} checks every answer of every test. */
class OpenApiTest {
    @TempDir
    private Path root;

    @Test
    void everyRouteIsDeclaredAndTheOtherWayRound() {
        try (TestApi api = TestApi.open(root)) {
            Set<String> routes = new TreeSet<>();
            for (Router.Route route : api.server.routes()) {
                routes.add(route.method() + " "
                        + route.template().replace("{id}", "{jobId}").replace("/*", "/{path}"));
            }
            assertThat(routes).isEqualTo(Declared.operations());
        }
    }

    @Test
    void theCheckSeesWhatIsWrong() {
        String good = "{\"jobId\":\"a\",\"status\":\"complete\",\"outputs\":[],\"progress\":100,\"attempt\":1}";
        assertThat(Declared.errors(Declared.ref("Status"), good)).isEmpty();
        assertThat(Declared.errors(Declared.ref("Status"), good.replace("complete", "completed")))
                .isNotEmpty();
        assertThat(Declared.errors(Declared.ref("Status"), good.replace("\"jobId\":\"a\",", "")))
                .isNotEmpty();
        assertThat(Declared.errors(Declared.ref("Status"), good.replace("100", "\"100\"")))
                .isNotEmpty();
        assertThat(Declared.errors(Declared.ref("Status"), good.replace("[]", "[{\"profile\":\"a\"}]")))
                .isNotEmpty();
        assertThat(Declared.errors(Declared.ref("Status"), good.replace("{", "{\"more\":1,")))
                .isNotEmpty();
    }
}
