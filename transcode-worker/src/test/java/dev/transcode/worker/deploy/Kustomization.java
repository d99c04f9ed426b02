package dev.transcode.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/**
 * The little of kustomize that docs/deploy/kubernetes uses: resources, strategic merge patches, images and the namespace.
 * KustomizeIT holds it against the real one, where there is one.
 */
final class Kustomization {
    /** By which field the items of a list are told apart, for the lists that patches name. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "env", "name",
            "volumes", "name",
            "topologySpreadConstraints", "topologyKey");

    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "resources", "namespace", "images", "patches");

    private Kustomization() {}

    /** All resources that {@code kubectl apply -k folder} would send. */
    static List<Map<String, Object>> build(Path folder) {
        Map<String, Object> file =
                documents(folder.resolve("kustomization.yaml")).get(0);
        assertThat(KNOWN).as("understood of " + folder).containsAll(file.keySet());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Object resource : list(file, "resources")) {
            Path path = folder.resolve(resource.toString()).normalize();
            all.addAll(Files.isDirectory(path) ? build(path) : documents(path));
        }
        for (Object patch : list(file, "patches")) {
            Path path = folder.resolve(map(patch).get("path").toString());
            for (Map<String, Object> change : documents(path)) {
                Map<String, Object> target = find(all, name(change));
                all.set(all.indexOf(target), merge(target, change));
            }
        }
        for (Object image : list(file, "images")) {
            all.forEach(resource -> rename(resource, map(image)));
        }
        if (file.containsKey("namespace")) {
            all.forEach(resource -> map(resource.get("metadata")).put("namespace", file.get("namespace")));
        }
        return all;
    }

    /** {@code Deployment transcode-worker} and so on. */
    static String name(Map<String, Object> resource) {
        return resource.get("kind") + " " + map(resource.get("metadata")).get("name");
    }

    static Map<String, Object> find(List<Map<String, Object>> all, String name) {
        return all.stream()
                .filter(resource -> name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + name));
    }

    static List<Map<String, Object>> documents(Path file) {
        try {
            List<Map<String, Object>> documents = new ArrayList<>();
            new Yaml().loadAll(Files.readString(file)).forEach(document -> documents.add(map(document)));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // YAML's keys are strings here.
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    static List<?> list(Map<String, Object> map, String key) {
        return (List<?>) map.getOrDefault(key, List.of());
    }

    private static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> change) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        change.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else if (value instanceof Map && merged.get(key) instanceof Map) {
                merged.put(key, merge(map(merged.get(key)), map(value)));
            } else if (value instanceof List<?> items && merged.get(key) instanceof List<?> old) {
                assertThat(KEYS).as("how to merge the list " + key).containsKey(key);
                merged.put(key, merge(old, items, KEYS.get(key)));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static List<Object> merge(List<?> old, List<?> items, String key) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        old.forEach(item -> merged.put(map(item).get(key), item));
        for (Object item : items) {
            merged.merge(map(item).get(key), item, (before, after) -> merge(map(before), map(after)));
        }
        return new ArrayList<>(merged.values());
    }

    private static void rename(Map<String, Object> resource, Map<String, Object> image) {
        if (!resource.get("kind").equals("Deployment")) {
            return;
        }
        Map<String, Object> template = map(map(resource.get("spec")).get("template"));
        for (Object container : list(map(template.get("spec")), "containers")) {
            if (map(container).get("image").equals(image.get("name"))) {
                map(container).put("image", image.get("newName") + ":" + image.get("newTag"));
            }
        }
    }
}
