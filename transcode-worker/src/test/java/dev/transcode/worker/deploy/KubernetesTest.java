package dev.transcode.worker.deploy;

import static dev.transcode.worker.deploy.Kustomization.find;
import static dev.transcode.worker.deploy.Kustomization.list;
import static dev.transcode.worker.deploy.Kustomization.map;
import static dev.transcode.worker.deploy.Kustomization.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes files: valid by the schemas of Kubernetes and KEDA, and in agreement with each other and the worker. */
class KubernetesTest {
    static final Path FOLDER = Path.of("..", "docs", "deploy", "kubernetes");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/production"})
    void eachResourceIsValid(String folder) {
        List<Map<String, Object>> all = Kustomization.build(FOLDER.resolve(folder));
        assertThat(all).hasSizeGreaterThan(7);
        all.forEach(KubernetesTest::assertValid);
    }

    @Test
    void soAreTheExamplesOfSecrets() {
        Kustomization.documents(FOLDER.resolve("secret.example.yaml")).forEach(KubernetesTest::assertValid);
    }

    @Test
    void theSchemasSeeMistakes() {
        Map<String, Object> worker = worker("base");
        Map<String, Object> container = container(worker);
        container.put("readynessProbe", Map.of());
        assertThat(errors(worker)).isNotEmpty();
        container.remove("readynessProbe");
        assertThat(errors(worker)).isEmpty();
        map(worker.get("spec")).put("replicas", "three");
        assertThat(errors(worker)).isNotEmpty();

        Map<String, Object> scaled =
                find(Kustomization.build(FOLDER.resolve("overlays/production")), "ScaledObject transcode-worker");
        map(scaled.get("spec")).put("maxReplicas", 5);
        assertThat(errors(scaled)).isNotEmpty();
    }

    /** Else the kubelet kills what still drains. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/production"})
    void aPodHasTheTimeToStopThatItsWorkerTakes(String folder) {
        WorkerConfig config = config(folder);
        long drain = config.stop() == WorkerConfig.Stop.DRAIN ? config.drain().toSeconds() : 0;
        Object grace = podSpec(worker(folder)).get("terminationGracePeriodSeconds");
        assertThat(((Number) grace).longValue()).isGreaterThanOrEqualTo(drain + 25);
    }

    @Test
    void theContractsResourcesAreGiven() {
        Map<String, Object> resources = map(container(worker("base")).get("resources"));
        assertThat(map(resources.get("requests"))).containsEntry("cpu", "2").containsEntry("memory", "2Gi");
        assertThat(map(resources.get("limits"))).containsEntry("cpu", "4").containsEntry("memory", "4Gi");
        assertThat(map(worker("base").get("spec"))).containsEntry("replicas", 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment transcode-worker", "Deployment transcode-api"})
    void podsAreConfinedAndProbed(String name) {
        Map<String, Object> deployment = find(Kustomization.build(FOLDER.resolve("base")), name);
        assertThat(podSpec(deployment)).containsEntry("automountServiceAccountToken", false);
        assertThat(map(podSpec(deployment).get("securityContext")))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("runAsUser", 10001);
        Map<String, Object> container = container(deployment);
        assertThat(map(container.get("securityContext")))
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(probed(container, "livenessProbe")).isEqualTo("/healthz");
        assertThat(probed(container, "readinessProbe")).isEqualTo("/readyz");
        // Where the images write to, and the only place.
        assertThat(map(list(container, "volumeMounts").get(0))).containsEntry("mountPath", "/work");
    }

    @Test
    void kedaCountsTheQueueOfTheSettings() {
        List<Map<String, Object>> all = Kustomization.build(FOLDER.resolve("overlays/production"));
        Map<String, Object> spec =
                map(find(all, "ScaledObject transcode-worker").get("spec"));
        String queue = config("overlays/production").queues().get(0);
        Map<String, Object> lists = new LinkedHashMap<>();
        for (Object trigger : list(spec, "triggers")) {
            lists.put(
                    map(trigger).get("name").toString(),
                    map(map(trigger).get("metadata")).get("listName"));
        }
        // Names as docs/redis-keys.md has them.
        assertThat(lists).containsEntry("waiting", queue).containsEntry("running", queue + ":leases");
        Map<String, Object> modifiers = map(map(spec.get("advanced")).get("scalingModifiers"));
        assertThat(modifiers)
                .containsEntry("formula", "waiting + running")
                .containsEntry(
                        "target", String.valueOf(config("overlays/production").concurrency()));
        assertThat(map(spec.get("scaleTargetRef"))).containsEntry("name", "transcode-worker");
        assertThat((int) spec.get("minReplicaCount")).isPositive();
        assertThat(map(worker("overlays/production").get("spec"))).doesNotContainKey("replicas");
        Map<String, Object> authentication = find(all, "TriggerAuthentication transcode-redis");
        Map<String, Object> secret =
                find(Kustomization.documents(FOLDER.resolve("secret.example.yaml")), "Secret transcode-keda");
        for (Object reference : list(map(authentication.get("spec")), "secretTargetRef")) {
            assertThat(map(secret.get("stringData")))
                    .containsKey(map(reference).get("key").toString());
        }
    }

    /** What the worker makes of the settings that its pod gives it; it refuses what it cannot use. */
    private static WorkerConfig config(String folder) {
        List<Map<String, Object>> all = Kustomization.build(FOLDER.resolve(folder));
        Map<String, String> env = new HashMap<>();
        map(find(all, "ConfigMap transcode").get("data")).forEach((key, value) -> env.put(key, value.toString()));
        map(find(Kustomization.documents(FOLDER.resolve("secret.example.yaml")), "Secret transcode")
                        .get("stringData"))
                .forEach((key, value) -> env.put(key, value.toString()));
        for (Object variable : list(container(worker(folder)), "env")) {
            env.put(
                    map(variable).get("name").toString(),
                    map(variable).get("value").toString());
        }
        Settings settings = Settings.of(env);
        assertThat(env.keySet())
                .allMatch(name ->
                        settings.toString().contains(name) || env.get(name).isEmpty());
        return WorkerConfig.of(settings);
    }

    private static String probed(Map<String, Object> container, String probe) {
        Map<String, Object> get = map(map(container.get(probe)).get("httpGet"));
        Map<String, Object> port = map(list(container, "ports").get(0));
        assertThat(get.get("port")).isEqualTo(port.get("name"));
        return get.get("path").toString();
    }

    private static Map<String, Object> worker(String folder) {
        return find(Kustomization.build(FOLDER.resolve(folder)), "Deployment transcode-worker");
    }

    private static Map<String, Object> podSpec(Map<String, Object> deployment) {
        return map(map(map(deployment.get("spec")).get("template")).get("spec"));
    }

    private static Map<String, Object> container(Map<String, Object> deployment) {
        return map(list(podSpec(deployment), "containers").get(0));
    }

    private static void assertValid(Map<String, Object> resource) {
        assertThat(errors(resource)).as(name(resource)).isEmpty();
    }

    private static List<String> errors(Map<String, Object> resource) {
        String definition = resource.get("apiVersion").toString().replace('/', '.') + "." + resource.get("kind");
        String file = definition.startsWith("keda.") ? "keda.json" : "kubernetes.json";
        return Schemas.errors(file, definition, resource);
    }
}
