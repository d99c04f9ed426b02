package dev.transcode.worker.deploy;

import static dev.transcode.worker.deploy.Kustomization.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.worker.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** compose.yaml: valid by the Compose specification's schema, and in agreement with the files and programs it names. */
class ComposeTest {
    private static final Path FOLDER = Path.of("..", "docs", "deploy");

    @Test
    void itIsValid() throws IOException {
        assertThat(Schemas.errors("compose-spec.json", "", compose())).isEmpty();
        Map<String, Object> wrong = compose();
        map(service(wrong, "worker")).put("replicas", 2);
        assertThat(Schemas.errors("compose-spec.json", "", wrong)).isNotEmpty();
    }

    @Test
    void whatIsNamedIsThere() throws IOException {
        Map<String, Object> compose = compose();
        Map<String, Object> services = map(compose.get("services"));
        services.forEach((name, service) -> {
            for (String other :
                    map(map(service).getOrDefault("depends_on", Map.of())).keySet()) {
                assertThat(services).as("what %s depends on", name).containsKey(other);
            }
            for (Object volume : (List<?>) map(service).getOrDefault("volumes", List.of())) {
                String source = volume.toString().split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(FOLDER.resolve(source)).exists();
                } else if (!source.startsWith("/")) {
                    assertThat(map(compose.get("volumes"))).containsKey(source);
                }
            }
            if (map(service).containsKey("build")) {
                Map<String, Object> build = map(map(service).get("build"));
                Path context = FOLDER.resolve(build.get("context").toString());
                assertThat(context.resolve("pom.xml")).exists();
                assertThat(dockerfile()).contains(" AS " + build.get("target") + "\n");
                assertThat(context.resolve(build.get("dockerfile").toString())).exists();
            }
        });
    }

    /** Docker 20.10 finds nothing below a folder that a wildcard lets in, so each module stands there by its name. */
    @Test
    void theBuildGetsEveryModule() throws IOException {
        List<String> allowed = Files.readAllLines(FOLDER.resolve("Dockerfile.dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .toList();
        List<String> modules = Pattern.compile("<module>(.+?)</module>")
                .matcher(Files.readString(Path.of("..", "pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();
        assertThat(modules).hasSizeGreaterThan(4);
        modules.forEach(module -> assertThat(allowed).contains("!" + module + "/pom.xml", "!" + module + "/src"));
        assertThat(allowed).noneMatch(line -> line.contains("*"));
    }

    @Test
    void theSettingsAreOurs() throws IOException {
        Map<String, Object> compose = compose();
        for (String name : List.of("api", "worker", "setup")) {
            Set<String> ours = new TreeSet<>();
            map(service(compose, name).get("environment")).forEach((variable, value) -> {
                // A file cannot be read here; its setting is there all the same.
                String plain = variable.replaceFirst("_FILE$", "");
                Settings settings = Settings.of(Map.of(plain, "1"));
                if (settings.toString().contains(plain)) {
                    ours.add(variable);
                }
            });
            assertThat(ours)
                    .isEqualTo(map(service(compose, name).get("environment")).keySet());
        }
    }

    @Test
    void ourContainersAreConfinedAndNothingIsOpenToTheNetwork() throws IOException {
        Map<String, Object> compose = compose();
        for (String name : List.of("secrets", "setup", "api", "worker")) {
            assertThat(service(compose, name))
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"));
        }
        map(compose.get("services")).forEach((name, service) -> {
            for (Object port : (List<?>) map(service).getOrDefault("ports", List.of())) {
                assertThat(port.toString()).startsWith("127.0.0.1:");
            }
        });
        assertThat(dockerfile()).contains("\nUSER 10001:10001\n").doesNotContain(":latest");
    }

    @Test
    void aWorkerHasTheTimeToGiveItsJobBack() throws IOException {
        assertThat(service(compose(), "worker")).containsEntry("stop_grace_period", "30s");
    }

    @Test
    void theSecretsAreTheFilesThatAreRead() throws IOException {
        String script = Files.readString(FOLDER.resolve("compose/secrets.sh"));
        Set<String> read = new HashSet<>();
        String text = Files.readString(FOLDER.resolve("compose.yaml"));
        Pattern.compile("/run/transcode/([a-z0-9.-]+)")
                .matcher(text)
                .results()
                .forEach(match -> read.add(match.group(1)));
        assertThat(read).hasSizeGreaterThan(5).allMatch(file -> script.contains("keep " + file + " "));
    }

    private static String dockerfile() {
        try {
            return Files.readString(FOLDER.resolve("Dockerfile"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> compose() throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return new LinkedHashMap<>(map(yaml.load(Files.readString(FOLDER.resolve("compose.yaml")))));
    }

    private static Map<String, Object> service(Map<String, Object> compose, String name) {
        return map(map(compose.get("services")).get(name));
    }
}
